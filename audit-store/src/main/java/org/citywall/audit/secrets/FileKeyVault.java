// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * Keys in a PKCS#12 file, {@code DIR/keys/vault.p12}, which only its owner can read. The passphrase
 * is that of the environment variable {@value #PASSPHRASE_VARIABLE}, else the content of {@code
 * DIR/keys/passphrase}, made at the first start. The format is specified in the package's page.
 */
public final class FileKeyVault implements KeyVault {

  public static final String PASSPHRASE_VARIABLE = "CITYWALL_KEYSTORE_PASSPHRASE";

  /** Of the key file in the folder {@code keys}. */
  static final String FILE_NAME = "vault.p12";

  private static final int WRAPPING_KEY_BYTES = 32;

  private final Pkcs12File file;
  private final CertificateAuthority certificates;
  private final ServerIdentities servers;
  private final SecureRandom random;
  private final Map<String, LocalSigningKey> signingKeys = new HashMap<>();
  private final Map<String, SecretKey> wrappingKeys = new HashMap<>();

  private FileKeyVault(Pkcs12File file, Clock clock, SecureRandom random) {
    this.file = file;
    this.certificates = new CertificateAuthority(clock, random);
    this.servers = new ServerIdentities(file, certificates, clock);
    this.random = random;
  }

  /** Where the key file of a data folder is. */
  public static Path file(Path dataDir) {
    return dataDir.resolve("keys").resolve(FILE_NAME);
  }

  /**
   * Opens the vault of a data folder and creates it where there is none; {@code AUD-0040} where it
   * cannot be opened with the passphrase or others may read it.
   *
   * @param environment variables of this process
   */
  public static FileKeyVault open(
      Path dataDir, Map<String, String> environment, Clock clock, SecureRandom random) {
    Path folder = dataDir.resolve("keys");
    try {
      OwnerOnly.createFolder(folder);
      Path file = folder.resolve(FILE_NAME);
      Sensitive<char[]> passphrase =
          Passphrase.obtain(environment.get(PASSPHRASE_VARIABLE), folder, file, random);
      return new FileKeyVault(new Pkcs12File(file, passphrase), clock, random);
    } catch (IOException e) {
      throw Pkcs12File.unreadable("key folder", e);
    }
  }

  /** Opens the key file with a passphrase that was got elsewhere. */
  static FileKeyVault open(
      Path dataDir, Sensitive<char[]> passphrase, Clock clock, SecureRandom random) {
    Path file = dataDir.resolve("keys").resolve(FILE_NAME);
    return new FileKeyVault(new Pkcs12File(file, passphrase), clock, random);
  }

  @Override
  public SigningKey signingKey(String name) {
    return signingKeys(KeyKind.ED25519, name).getLast();
  }

  @Override
  public SigningKey sm2SigningKey(String name) {
    return signingKeys(KeyKind.SM2, name).getLast();
  }

  @Override
  public synchronized List<SigningKey> signingKeys(KeyKind kind, String name) {
    KeySlot slot = KeySlot.signing(kind, name);
    return versions(slot).stream().<SigningKey>map(version -> signer(slot, version)).toList();
  }

  /** The versions that there are, oldest first; the first one is made now where there is none. */
  private List<Integer> versions(KeySlot slot) {
    List<Integer> known = slot.versions(file.aliases());
    return known.isEmpty() ? List.of(make(slot, 1)) : known;
  }

  private LocalSigningKey signer(KeySlot slot, int version) {
    return signingKeys.computeIfAbsent(
        slot.alias(version),
        alias ->
            switch (slot.kind()) {
              case ED25519 -> ed25519(alias, version);
              case SM2 -> LocalSigningKey.sm2(sm2(alias), version);
              case WRAPPING -> throw new IllegalStateException("a wrapping key does not sign");
            });
  }

  private LocalSigningKey ed25519(String alias, int version) {
    TlsIdentity stored =
        file.identity(alias)
            .orElseThrow(() -> new PlatformException(AuditErrorCode.KEY_MISSING, alias));
    return LocalSigningKey.ed25519(stored.key(), stored.chain().getFirst().getPublicKey(), version);
  }

  private Sm2PrivateKey sm2(String alias) {
    try {
      return Sm2PrivateKey.of(file.secret(alias).getEncoded(), random);
    } catch (IllegalArgumentException e) {
      throw Pkcs12File.unreadable("key " + alias, e);
    }
  }

  @Override
  public synchronized int rotate(KeyKind kind, String name) {
    KeySlot slot = new KeySlot(kind, name);
    List<Integer> known = slot.versions(file.aliases());
    return make(slot, known.isEmpty() ? 1 : known.getLast() + 1);
  }

  private int make(KeySlot slot, int version) {
    String alias = slot.alias(version);
    switch (slot.kind()) {
      case ED25519 -> {
        KeyPair pair = certificates.ed25519();
        file.put(
            alias,
            new TlsIdentity(pair.getPrivate(), List.of(certificates.wrapper(pair, slot.name()))));
      }
      case SM2 ->
          file.put(
              alias,
              new SecretKeySpec(Sm2PrivateKey.generate(random).scalar(), Sm2PrivateKey.CURVE_ID));
      case WRAPPING -> {
        byte[] key = new byte[WRAPPING_KEY_BYTES];
        random.nextBytes(key);
        file.put(alias, new SecretKeySpec(key, "AES"));
      }
    }
    return version;
  }

  @Override
  public synchronized void retireBefore(KeyKind kind, String name, int version) {
    KeySlot slot = new KeySlot(kind, name);
    List<Integer> known = slot.versions(file.aliases());
    if (!known.contains(version)) {
      throw new PlatformException(AuditErrorCode.KEY_MISSING, slot + " version " + version);
    }
    List<String> retired =
        known.stream().filter(older -> older < version).map(slot::alias).toList();
    if (retired.isEmpty()) {
      return;
    }
    file.remove(retired);
    for (String alias : retired) {
      wrappingKeys.remove(alias);
      LocalSigningKey key = signingKeys.remove(alias);
      if (key != null) {
        key.retire();
      }
    }
  }

  @Override
  public synchronized KeyWrapper keyWrapper(String name) {
    KeySlot slot = new KeySlot(KeyKind.WRAPPING, name);
    versions(slot);
    return new AesKeyWrapper(name, new StoredVersions(slot), random);
  }

  @Override
  public synchronized TlsIdentity serverIdentity(String name, List<String> hosts) {
    return servers.identity(name, hosts);
  }

  @Override
  public synchronized TlsIdentity issueClientIdentity(String name) {
    return servers.issueClient(name);
  }

  /** The versions of a wrapping key in this file. */
  private final class StoredVersions implements AesKeyWrapper.Versions {

    private final KeySlot slot;

    StoredVersions(KeySlot slot) {
      this.slot = slot;
    }

    @Override
    public int newest() {
      synchronized (FileKeyVault.this) {
        return versions(slot).getLast();
      }
    }

    @Override
    public Optional<SecretKey> key(int version) {
      synchronized (FileKeyVault.this) {
        return versions(slot).contains(version)
            ? Optional.of(wrappingKeys.computeIfAbsent(slot.alias(version), file::secret))
            : Optional.empty();
      }
    }

    @Override
    public Cipher cipher() throws GeneralSecurityException {
      return Cipher.getInstance("AES/GCM/NoPadding");
    }

    @Override
    public AuditErrorCode failure() {
      return AuditErrorCode.KEYS_UNREADABLE;
    }
  }
}
