// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import tools.jackson.databind.JsonNode;

/**
 * Keys in Vault's transit engine, which never gives them out. {@code PREFIX-sign-NAME} is of type
 * ed25519, {@code PREFIX-wrap-NAME} of type aes256-gcm96. Thread-safe.
 */
final class VaultTransit {

  /**
   * A key that is there.
   *
   * @param newest its newest version
   * @param oldest the oldest version that still signs or decrypts
   * @param publicKeys of the usable versions, 32 bytes each; empty for a key that wraps
   */
  record Ring(int newest, int oldest, SortedMap<Integer, byte[]> publicKeys) {}

  private final VaultSession session;
  private final String mount;
  private final String prefix;

  VaultTransit(VaultSession session, VaultSettings settings) {
    this.session = session;
    this.mount = settings.mounts().transit();
    this.prefix = settings.prefix();
  }

  /** The key, made now where there is none. */
  Ring ring(KeySlot slot) {
    return find(slot).orElseGet(() -> create(slot));
  }

  Optional<Ring> find(KeySlot slot) {
    VaultAnswer answer = session.read(path("keys", slot));
    return answer.missing() ? Optional.empty() : Optional.of(parse(slot, answer));
  }

  private Ring create(KeySlot slot) {
    String type =
        switch (slot.kind()) {
          case ED25519 -> "ed25519";
          case WRAPPING -> "aes256-gcm96";
          case SM2 -> throw new IllegalArgumentException("transit has no SM2");
        };
    session.write(path("keys", slot), Map.of("type", type)).succeededOr("making " + slot);
    // Vault before 1.13 answers without a body, and somebody else may have been faster.
    return parse(slot, session.read(path("keys", slot)));
  }

  private static Ring parse(KeySlot slot, VaultAnswer answer) {
    JsonNode data = answer.data(slot.toString());
    int oldest =
        Math.max(
            1,
            Math.max(
                data.path("min_decryption_version").asInt(0),
                data.path("min_encryption_version").asInt(0)));
    SortedMap<Integer, byte[]> publicKeys = new TreeMap<>();
    for (Map.Entry<String, JsonNode> version : data.path("keys").properties()) {
      String key = version.getValue().path("public_key").asString("");
      int number = Integer.parseInt(version.getKey());
      if (!key.isEmpty() && number >= oldest) {
        publicKeys.put(number, Base64.getDecoder().decode(key));
      }
    }
    return new Ring(data.path("latest_version").asInt(0), oldest, publicKeys);
  }

  /** Adds a version to a key that is there. */
  void rotate(KeySlot slot) {
    session.writeOnce(path("keys", slot) + "/rotate", Map.of()).succeededOr("rotating " + slot);
  }

  /** Forbids the older versions, then deletes them for good. */
  void retireBefore(KeySlot slot, int version) {
    Map<String, Object> least =
        Map.of("min_decryption_version", version, "min_encryption_version", version);
    session.write(path("keys", slot) + "/config", least).succeededOr("retiring " + slot);
    session
        .write(path("keys", slot) + "/trim", Map.of("min_available_version", version))
        .succeededOr("trimming " + slot);
  }

  /** Signature by this version of an Ed25519 key; {@code AUD-0043} where it was retired. */
  byte[] sign(KeySlot slot, int version, byte[] message) {
    VaultAnswer answer =
        session.write(path("sign", slot), Map.of("input", base64(message), "key_version", version));
    if (answer.status() == 400) {
      requireUsable(slot, version);
    }
    return VaultCiphertext.parse(answer.data("signing by " + slot).path("signature").asString(""))
        .map(VaultCiphertext::bytes)
        .orElseThrow(() -> answer.refused("signing by " + slot));
  }

  VaultCiphertext encrypt(KeySlot slot, byte[] plaintext) {
    VaultAnswer answer =
        session.write(path("encrypt", slot), Map.of("plaintext", base64(plaintext)));
    return ciphertext(answer, "wrapping by " + slot);
  }

  /** {@code AUD-0042} where this key did not make the ciphertext. */
  byte[] decrypt(KeySlot slot, VaultCiphertext ciphertext) {
    VaultAnswer answer =
        session.write(path("decrypt", slot), Map.of("ciphertext", ciphertext.toString()));
    requireOurs(slot, ciphertext, answer);
    return Base64.getDecoder()
        .decode(answer.data("unwrapping by " + slot).path("plaintext").asString(""));
  }

  /** The same under the newest version, without showing it to us; fails as {@link #decrypt}. */
  VaultCiphertext rewrap(KeySlot slot, VaultCiphertext ciphertext) {
    VaultAnswer answer =
        session.write(path("rewrap", slot), Map.of("ciphertext", ciphertext.toString()));
    requireOurs(slot, ciphertext, answer);
    return ciphertext(answer, "wrapping again by " + slot);
  }

  private static VaultCiphertext ciphertext(VaultAnswer answer, String what) {
    return VaultCiphertext.parse(answer.data(what).path("ciphertext").asString(""))
        .orElseThrow(() -> answer.refused(what));
  }

  private void requireOurs(KeySlot slot, VaultCiphertext ciphertext, VaultAnswer answer) {
    if (answer.status() == 400) {
      requireUsable(slot, ciphertext.version());
      throw new PlatformException(
          AuditErrorCode.WRAPPED_KEY_INVALID, "not wrapped by " + slot + ": " + answer.error());
    }
  }

  /** Vault's 400 has many reasons; a version that was retired is the one with a code of its own. */
  private void requireUsable(KeySlot slot, int version) {
    boolean retired = find(slot).map(ring -> version < ring.oldest()).orElse(false);
    if (retired && version >= 1) {
      throw new PlatformException(AuditErrorCode.KEY_RETIRED, slot + " version " + version);
    }
  }

  private String path(String operation, KeySlot slot) {
    return mount + "/" + operation + "/" + prefix + "-" + slot.alias(1);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
