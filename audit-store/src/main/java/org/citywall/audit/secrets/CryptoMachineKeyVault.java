// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * Keys in a crypto machine with a PKCS#11 library. Ed25519 keys and wrapping keys are on its token
 * and never leave it. SM2 keys and TLS keys are in the key file, see {@link FileKeyVault}, whose
 * passphrase the machine wraps: they are in this process's memory while it uses them, and the disk
 * alone is of no use to a thief.
 */
public final class CryptoMachineKeyVault implements KeyVault {

  /** Name of the key that wraps the key file's passphrase. */
  static final String WRAPS_PASSPHRASE = "key-file";

  private final CryptokiSession session;
  private final CryptokiKeys signing;
  private final CryptoMachineWrapping wrapping;
  private final String prefix;
  private final SecureRandom random;
  private final WrappedPassphrase passphrase;
  private final FileKeyVault file;

  private CryptoMachineKeyVault(
      Path dataDir,
      CryptoMachineSettings settings,
      CryptokiSession session,
      Sensitive<char[]> pin,
      Clock clock,
      SecureRandom random)
      throws IOException {
    this.session = session;
    this.signing = new CryptokiKeys(session);
    this.wrapping = new CryptoMachineWrapping(settings, session.slot(), pin);
    this.prefix = settings.prefix() + "-";
    this.random = random;
    this.passphrase =
        new WrappedPassphrase(dataDir.resolve("keys"), keyWrapper(WRAPS_PASSPHRASE), random);
    this.file = FileKeyVault.open(dataDir, passphrase.obtain(), clock, random);
  }

  /**
   * Opens the machine's token, and the key file of the data folder beside it; {@code AUD-0047}
   * where the token cannot be used, {@code AUD-0040} where the file cannot.
   */
  public static CryptoMachineKeyVault open(
      Path dataDir, CryptoMachineSettings settings, Clock clock, SecureRandom random) {
    try {
      Sensitive<char[]> pin = pin(settings.pin());
      CryptokiSession session =
          CryptokiSession.open(Cryptoki.load(settings.library()), settings.tokenLabel(), pin);
      return new CryptoMachineKeyVault(dataDir, settings, session, pin, clock, random);
    } catch (IOException e) {
      throw Pkcs12File.unreadable("PIN or key folder", e);
    }
  }

  private static Sensitive<char[]> pin(Path file) throws IOException {
    OwnerOnly.require(file);
    return Sensitive.of(Files.readString(file, StandardCharsets.UTF_8).strip().toCharArray());
  }

  @Override
  public SigningKey signingKey(String name) {
    return signingKeys(KeyKind.ED25519, name).getLast();
  }

  @Override
  public SigningKey sm2SigningKey(String name) {
    return file.sm2SigningKey(name);
  }

  @Override
  public synchronized List<SigningKey> signingKeys(KeyKind kind, String name) {
    KeySlot slot = KeySlot.signing(kind, name);
    return kind == KeyKind.SM2
        ? file.signingKeys(kind, name)
        : versions(slot).stream().map(version -> signer(slot, version)).toList();
  }

  private SigningKey signer(KeySlot slot, int version) {
    String label = prefix + slot.alias(version);
    byte[] publicKey =
        signing
            .publicKey(label)
            .orElseThrow(() -> new PlatformException(AuditErrorCode.KEY_MISSING, label));
    return new RemoteSigningKey(publicKey, version, message -> signing.sign(label, message));
  }

  /** The versions on the token, oldest first; the first one is made now where there is none. */
  private List<Integer> versions(KeySlot slot) {
    List<Integer> known = known(slot);
    return known.isEmpty() ? List.of(make(slot, 1)) : known;
  }

  private List<Integer> known(KeySlot slot) {
    return slot.versions(
        slot.kind() == KeyKind.WRAPPING
            ? wrapping.aliases()
            : signing.labels().stream()
                .filter(label -> label.startsWith(prefix))
                .map(label -> label.substring(prefix.length()))
                .toList());
  }

  private int make(KeySlot slot, int version) {
    if (slot.kind() == KeyKind.WRAPPING) {
      wrapping.generate(slot.alias(version));
    } else {
      signing.generate(prefix + slot.alias(version));
    }
    return version;
  }

  @Override
  public synchronized KeyWrapper keyWrapper(String name) {
    KeySlot slot = new KeySlot(KeyKind.WRAPPING, name);
    versions(slot);
    return new ReopeningKeyWrapper(
        new AesKeyWrapper(name, new TokenVersions(slot), random), wrapping::reopen);
  }

  @Override
  public synchronized int rotate(KeyKind kind, String name) {
    KeySlot slot = new KeySlot(kind, name);
    if (kind == KeyKind.SM2) {
      return file.rotate(kind, name);
    }
    List<Integer> known = known(slot);
    return make(slot, known.isEmpty() ? 1 : known.getLast() + 1);
  }

  @Override
  public synchronized void retireBefore(KeyKind kind, String name, int version) {
    KeySlot slot = new KeySlot(kind, name);
    if (kind == KeyKind.SM2) {
      file.retireBefore(kind, name, version);
      return;
    }
    List<Integer> known = known(slot);
    if (!known.contains(version)) {
      throw new PlatformException(AuditErrorCode.KEY_MISSING, slot + " version " + version);
    }
    if (slot.equals(new KeySlot(KeyKind.WRAPPING, WRAPS_PASSPHRASE))) {
      passphrase.rewrap();
    }
    for (int older : known.subList(0, known.indexOf(version))) {
      if (kind == KeyKind.WRAPPING) {
        wrapping.destroy(slot.alias(older));
      } else {
        signing.destroy(prefix + slot.alias(older));
      }
    }
  }

  @Override
  public TlsIdentity issueClientIdentity(String name) {
    return file.issueClientIdentity(name);
  }

  @Override
  public TlsIdentity serverIdentity(String name, List<String> hosts) {
    return file.serverIdentity(name, hosts);
  }

  @Override
  public void close() {
    session.close();
  }

  /** The versions of a wrapping key on the token. */
  private final class TokenVersions implements AesKeyWrapper.Versions {

    private final KeySlot slot;

    TokenVersions(KeySlot slot) {
      this.slot = slot;
    }

    @Override
    public int newest() {
      synchronized (CryptoMachineKeyVault.this) {
        return versions(slot).getLast();
      }
    }

    @Override
    public Optional<SecretKey> key(int version) {
      synchronized (CryptoMachineKeyVault.this) {
        return wrapping.key(slot.alias(version));
      }
    }

    @Override
    public Cipher cipher() throws GeneralSecurityException {
      return wrapping.cipher();
    }

    @Override
    public AuditErrorCode failure() {
      return AuditErrorCode.CRYPTO_MACHINE_UNAVAILABLE;
    }
  }
}
