// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.VaultDocuments.Document;

/**
 * Private keys that transit cannot hold, as secrets at {@code PREFIX/keys/ALIAS}, each value
 * wrapped by the transit key {@value #WRAPPED_BY}: SM2 keys, a field {@code vN} per version, and
 * the TLS keys of servers, {@code key} and {@code chain}. They are in this process's memory while
 * it uses them. Not for two threads at once; other processes may use the same Vault.
 */
final class VaultStoredKeys implements ServerIdentities.Shelf {

  /** Name of the key that wraps what is stored. */
  static final String WRAPPED_BY = "stored-keys";

  private static final String KEY = "key";
  private static final String CHAIN = "chain";

  private final VaultDocuments documents;
  private final KeyWrapper wrapper;
  private final SecureRandom random;
  private final String folder;
  private final Map<String, LocalSigningKey> issued = new HashMap<>();
  private final Map<String, Integer> seen = new HashMap<>();

  VaultStoredKeys(
      VaultDocuments documents, KeyWrapper wrapper, VaultSettings settings, SecureRandom random) {
    this.documents = documents;
    this.wrapper = wrapper;
    this.random = random;
    this.folder = settings.prefix() + "/keys/";
  }

  /** All versions, oldest first; the first is made where there is none. */
  List<LocalSigningKey> signingKeys(KeySlot slot) {
    Document document = documents.read(path(slot));
    while (document.fields().isEmpty()) {
      addVersion(slot, document, 1);
      document = documents.read(path(slot));
    }
    SortedMap<Integer, String> versions = versions(document);
    issued.entrySet().removeIf(key -> retire(slot, key.getKey(), key.getValue(), versions));
    return versions.entrySet().stream()
        .map(version -> signer(slot, version.getKey(), version.getValue()))
        .toList();
  }

  /** Takes back a key that somebody else retired. */
  private static boolean retire(
      KeySlot slot, String alias, LocalSigningKey key, SortedMap<Integer, String> versions) {
    boolean gone = alias.equals(slot.alias(key.version())) && !versions.containsKey(key.version());
    if (gone) {
      key.retire();
    }
    return gone;
  }

  private LocalSigningKey signer(KeySlot slot, int version, String wrapped) {
    return issued.computeIfAbsent(
        slot.alias(version),
        alias -> LocalSigningKey.sm2(Sm2PrivateKey.of(unseal(alias, wrapped), random), version));
  }

  int rotate(KeySlot slot) {
    while (true) {
      Document document = documents.read(path(slot));
      int next = document.fields().isEmpty() ? 1 : versions(document).lastKey() + 1;
      if (addVersion(slot, document, next)) {
        return next;
      }
    }
  }

  private boolean addVersion(KeySlot slot, Document document, int version) {
    SortedMap<String, String> fields = new TreeMap<>(document.fields());
    fields.put("v" + version, seal(slot.alias(version), Sm2PrivateKey.generate(random).scalar()));
    return documents.replace(path(slot), document.version(), fields);
  }

  void retireBefore(KeySlot slot, int version) {
    while (true) {
      Document document = documents.read(path(slot));
      SortedMap<Integer, String> versions = versions(document);
      if (!versions.containsKey(version)) {
        throw new PlatformException(AuditErrorCode.KEY_MISSING, slot + " version " + version);
      }
      SortedMap<String, String> fields = new TreeMap<>();
      versions.tailMap(version).forEach((number, wrapped) -> fields.put("v" + number, wrapped));
      if (documents.replace(path(slot), document.version(), fields)) {
        documents.destroyBefore(path(slot), document.version() + 1);
        signingKeys(slot);
        return;
      }
    }
  }

  /** Wraps everything again under the newest version, so that older ones can be retired. */
  void resealAll() {
    documents.list(folder).stream()
        .filter(name -> !name.endsWith("/"))
        .forEach(name -> reseal(folder + name));
  }

  private void reseal(String path) {
    while (true) {
      Document document = documents.read(path);
      SortedMap<String, String> fields = new TreeMap<>(document.fields());
      fields.replaceAll((name, value) -> name.equals(CHAIN) ? value : resealed(value));
      if (fields.equals(document.fields()) || documents.replace(path, document.version(), fields)) {
        documents.destroyBefore(path, documents.read(path).version());
        return;
      }
    }
  }

  @Override
  public Optional<TlsIdentity> identity(String alias) {
    Document document = documents.read(folder + alias);
    seen.put(alias, document.version());
    String wrapped = document.fields().get(KEY);
    String chain = document.fields().get(CHAIN);
    return wrapped == null || chain == null
        ? Optional.empty()
        : Optional.of(identity(alias, wrapped, chain));
  }

  private TlsIdentity identity(String alias, String wrapped, String chain) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("EC")
              .generatePrivate(new PKCS8EncodedKeySpec(unseal(alias, wrapped)));
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(chain.getBytes(StandardCharsets.US_ASCII)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      return new TlsIdentity(key, certificates);
    } catch (GeneralSecurityException e) {
      throw new PlatformException(AuditErrorCode.KEYS_UNREADABLE, "TLS key in Vault " + alias, e);
    }
  }

  /** Stores it, unless another process stored one meanwhile: then that one is it. */
  @Override
  public TlsIdentity put(String alias, TlsIdentity identity) {
    Map<String, String> fields =
        Map.of(KEY, seal(alias, identity.key().getEncoded()), CHAIN, identity.chainPem());
    boolean stored = documents.replace(folder + alias, seen.getOrDefault(alias, 0), fields);
    return stored ? identity : identity(alias).orElse(identity);
  }

  private static SortedMap<Integer, String> versions(Document document) {
    SortedMap<Integer, String> versions = new TreeMap<>();
    document
        .fields()
        .forEach((name, wrapped) -> versions.put(Integer.valueOf(name.substring(1)), wrapped));
    return versions;
  }

  private String path(KeySlot slot) {
    return folder + slot.alias(1);
  }

  /** The alias goes in too: a value that was moved to another place does not open there. */
  private String seal(String alias, byte[] key) {
    byte[] label = label(alias);
    byte[] labelled = Arrays.copyOf(label, label.length + key.length);
    System.arraycopy(key, 0, labelled, label.length, key.length);
    return Base64.getEncoder().encodeToString(wrapper.wrap(labelled));
  }

  private byte[] unseal(String alias, String wrapped) {
    byte[] label = label(alias);
    byte[] labelled = wrapper.unwrap(Base64.getDecoder().decode(wrapped));
    if (labelled.length <= label.length
        || !Arrays.equals(labelled, 0, label.length, label, 0, label.length)) {
      throw new PlatformException(
          AuditErrorCode.WRAPPED_KEY_INVALID, "another key is stored in the place of " + alias);
    }
    return Arrays.copyOfRange(labelled, label.length, labelled.length);
  }

  private static byte[] label(String alias) {
    return (alias + '\n').getBytes(StandardCharsets.US_ASCII);
  }

  private String resealed(String wrapped) {
    return Base64.getEncoder().encodeToString(wrapper.rewrap(Base64.getDecoder().decode(wrapped)));
  }
}
