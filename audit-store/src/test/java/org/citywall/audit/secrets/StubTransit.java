// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.citywall.audit.secrets.VaultStub.Call;
import org.citywall.audit.secrets.VaultStub.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The transit engine, for ed25519 and aes256-gcm96. */
final class StubTransit {

  private static final int NONCE_BYTES = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A named key: a version is a key pair, or a secret key as the private half of none. */
  private static final class Ring {
    final boolean signs;
    final SortedMap<Integer, KeyPair> pairs = new TreeMap<>();
    final SortedMap<Integer, Key> secrets = new TreeMap<>();
    int latest;
    int minDecryption = 1;
    int minEncryption;

    Ring(boolean signs) {
      this.signs = signs;
      rotate();
    }

    void rotate() {
      latest++;
      try {
        if (signs) {
          pairs.put(latest, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } else {
          byte[] key = new byte[32];
          RANDOM.nextBytes(key);
          secrets.put(latest, new SecretKeySpec(key, "AES"));
        }
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }
  }

  private final Map<String, Ring> rings = new HashMap<>();

  /** As an administrator who deletes a key and makes it anew. */
  synchronized void replace(String name) {
    rings.put(name, new Ring(rings.get(name).signs));
  }

  synchronized Reply answer(Call call, String path) {
    String[] parts = path.split("/");
    String name = parts[1];
    Ring ring = rings.get(name);
    if (parts[0].equals("keys")) {
      return parts.length == 2 ? key(call, name, ring) : change(call, parts[2], ring);
    }
    if (ring == null) {
      return Reply.error(400, "encryption key not found");
    }
    try {
      return switch (parts[0]) {
        case "sign" -> sign(call, ring);
        case "encrypt" -> ciphertext(encrypt(ring, bytes(call, "plaintext")));
        case "decrypt" ->
            Reply.data(
                VaultStub.JSON
                    .createObjectNode()
                    .put(
                        "plaintext",
                        base64(decrypt(ring, call.body().path("ciphertext").asString("")))));
        case "rewrap" ->
            ciphertext(encrypt(ring, decrypt(ring, call.body().path("ciphertext").asString(""))));
        default -> Reply.error(404);
      };
    } catch (Refusal e) {
      return Reply.error(400, e.getMessage());
    } catch (GeneralSecurityException e) {
      return Reply.error(400, "cipher: message authentication failed");
    }
  }

  private Reply key(Call call, String name, Ring known) {
    if (call.reads()) {
      return known == null ? Reply.error(404) : Reply.data(describe(name, known));
    }
    Ring ring =
        rings.computeIfAbsent(
            name, absent -> new Ring(call.body().path("type").asString("").equals("ed25519")));
    return Reply.data(describe(name, ring));
  }

  private static JsonNode describe(String name, Ring ring) {
    ObjectNode data = VaultStub.JSON.createObjectNode();
    data.put("name", name).put("type", ring.signs ? "ed25519" : "aes256-gcm96");
    data.put("latest_version", ring.latest).put("exportable", false);
    data.put("min_decryption_version", ring.minDecryption);
    data.put("min_encryption_version", ring.minEncryption);
    ObjectNode keys = data.putObject("keys");
    ring.secrets
        .tailMap(ring.minDecryption)
        .keySet()
        .forEach(version -> keys.put(version.toString(), 1_442_851_412));
    ring.pairs
        .tailMap(ring.minDecryption)
        .forEach(
            (version, pair) -> {
              byte[] spki = pair.getPublic().getEncoded();
              keys.putObject(version.toString())
                  .put("name", "ed25519")
                  .put(
                      "public_key",
                      base64(Arrays.copyOfRange(spki, spki.length - 32, spki.length)));
            });
    return data;
  }

  private static Reply change(Call call, String operation, Ring ring) {
    if (ring == null) {
      return Reply.error(400, "no existing key named that could be found");
    }
    switch (operation) {
      case "rotate" -> ring.rotate();
      case "config" -> {
        int decryption = call.body().path("min_decryption_version").asInt(ring.minDecryption);
        int encryption = call.body().path("min_encryption_version").asInt(ring.minEncryption);
        if (Math.max(decryption, encryption) > ring.latest) {
          return Reply.error(400, "cannot set min version, latest key version is " + ring.latest);
        }
        ring.minDecryption = decryption;
        ring.minEncryption = encryption;
      }
      case "trim" -> {
        int available = call.body().path("min_available_version").asInt(0);
        if (ring.minEncryption == 0
            || available > Math.min(ring.minDecryption, ring.minEncryption)) {
          return Reply.error(
              400, "minimum available version cannot be greater than minimum decryption version");
        }
        ring.pairs.headMap(available).clear();
        ring.secrets.headMap(available).clear();
      }
      default -> {
        return Reply.error(404);
      }
    }
    return Reply.nothing();
  }

  private static Reply sign(Call call, Ring ring) throws GeneralSecurityException {
    int version = call.body().path("key_version").asInt(ring.latest);
    if (version < ring.minEncryption) {
      throw new Refusal(
          "requested version for signing is less than the minimum encryption key version");
    }
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initSign(ring.pairs.get(version).getPrivate());
    ed25519.update(bytes(call, "input"));
    ObjectNode data = VaultStub.JSON.createObjectNode();
    data.put("signature", "vault:v" + version + ":" + base64(ed25519.sign()));
    data.put("key_version", version);
    return Reply.data(data);
  }

  private static String encrypt(Ring ring, byte[] plaintext) throws GeneralSecurityException {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] body = gcm(Cipher.ENCRYPT_MODE, ring.secrets.get(ring.latest), nonce, plaintext);
    byte[] all = Arrays.copyOf(nonce, nonce.length + body.length);
    System.arraycopy(body, 0, all, nonce.length, body.length);
    return "vault:v" + ring.latest + ":" + base64(all);
  }

  private static byte[] decrypt(Ring ring, String ciphertext) throws GeneralSecurityException {
    String[] parts = ciphertext.split(":");
    int version = Integer.parseInt(parts[1].substring(1));
    byte[] all = Base64.getDecoder().decode(parts[2]);
    if (version > ring.latest) {
      throw new Refusal("invalid ciphertext: version is too new");
    }
    if (version < ring.minDecryption) {
      throw new Refusal("ciphertext or signature version is disallowed by policy (too old)");
    }
    if (all.length < NONCE_BYTES) {
      throw new Refusal("invalid ciphertext length");
    }
    return gcm(
        Cipher.DECRYPT_MODE,
        ring.secrets.get(version),
        Arrays.copyOf(all, NONCE_BYTES),
        Arrays.copyOfRange(all, NONCE_BYTES, all.length));
  }

  private static byte[] gcm(int mode, Key key, byte[] nonce, byte[] input)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(128, nonce));
    return cipher.doFinal(input);
  }

  private static Reply ciphertext(String ciphertext) {
    return Reply.data(VaultStub.JSON.createObjectNode().put("ciphertext", ciphertext));
  }

  private static byte[] bytes(Call call, String field) {
    return Base64.getDecoder()
        .decode(call.body().path(field).asString("").getBytes(StandardCharsets.US_ASCII));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** What Vault answers with 400. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
      super(message);
    }
  }
}
