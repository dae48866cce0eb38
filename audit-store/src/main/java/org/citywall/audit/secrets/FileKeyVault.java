// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a PKCS#12 file, {@code DIR/keys/vault.p12}, which only its owner can read. The passphrase
 * is that of the environment variable {@value #PASSPHRASE_VARIABLE}, else the content of {@code
 * DIR/keys/passphrase}, made at the first start.
 */
public final class FileKeyVault implements KeyVault {

  public static final String PASSPHRASE_VARIABLE = "CITYWALL_KEYSTORE_PASSPHRASE";

  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final String AUTHORITY = "authority";
  private static final Pattern CLIENT_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Path file;
  private final Sensitive<char[]> passphrase;
  private final Clock clock;
  private final CertificateAuthority certificates;
  private final KeyStore store;

  private FileKeyVault(Path file, Sensitive<char[]> passphrase, Clock clock, SecureRandom random) {
    this.file = file;
    this.passphrase = passphrase;
    this.clock = clock;
    this.certificates = new CertificateAuthority(clock, random);
    this.store = load(file, passphrase);
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
      Path file = folder.resolve("vault.p12");
      Sensitive<char[]> passphrase =
          Passphrase.obtain(environment.get(PASSPHRASE_VARIABLE), folder, file, random);
      return new FileKeyVault(file, passphrase, clock, random);
    } catch (IOException e) {
      throw unreadable("key folder", e);
    }
  }

  private static KeyStore load(Path file, Sensitive<char[]> passphrase) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      if (!Files.exists(file)) {
        store.load(null, null);
        return store;
      }
      OwnerOnly.require(file);
      try (InputStream in = Files.newInputStream(file)) {
        store.load(in, passphrase.reveal());
      }
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw unreadable("key store", e);
    }
  }

  @Override
  public synchronized SigningKey signingKey(String name) {
    String alias = "sign-" + name;
    if (!has(alias)) {
      KeyPair pair = certificates.ed25519();
      put(alias, pair.getPrivate(), certificates.wrapper(pair, name));
    }
    return new PrivateSigningKey(key(alias), chain(alias).getFirst().getPublicKey());
  }

  @Override
  public synchronized TlsIdentity serverIdentity(String name, List<String> hosts) {
    String alias = "tls-" + name;
    X509Certificate issuer = authority();
    if (!has(alias) || outdated(chain(alias), hosts)) {
      KeyPair pair = certificates.p256();
      X509Certificate server =
          certificates.server(pair.getPublic(), name, hosts, key(AUTHORITY), issuer);
      put(alias, pair.getPrivate(), server, issuer);
    }
    return new TlsIdentity(key(alias), chain(alias));
  }

  /**
   * Key and certificate of a client of ours, issued now by the vault's own authority and not kept
   * here: the client keeps it.
   *
   * @param name common name of the subject: 1 to 64 letters, digits, dots, dashes, underscores
   */
  public synchronized TlsIdentity issueClientIdentity(String name) {
    if (!CLIENT_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a client's name: " + name);
    }
    X509Certificate issuer = authority();
    KeyPair pair = certificates.p256();
    X509Certificate client = certificates.client(pair.getPublic(), name, key(AUTHORITY), issuer);
    return new TlsIdentity(pair.getPrivate(), List.of(client, issuer));
  }

  private X509Certificate authority() {
    if (!has(AUTHORITY)) {
      KeyPair pair = certificates.p256();
      put(AUTHORITY, pair.getPrivate(), certificates.authority(pair, AUTHORITY));
    }
    return chain(AUTHORITY).getFirst();
  }

  private boolean outdated(List<X509Certificate> chain, List<String> hosts) {
    Set<String> named = new HashSet<>();
    try {
      Collection<List<?>> names = chain.getFirst().getSubjectAlternativeNames();
      if (names != null) {
        names.forEach(name -> named.add(String.valueOf(name.get(1))));
      }
    } catch (GeneralSecurityException e) {
      return true;
    }
    return !named.equals(CertificateAuthority.allHosts(hosts))
        || chain.getFirst().getNotAfter().toInstant().isBefore(clock.instant().plus(RENEW_BEFORE));
  }

  private boolean has(String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (GeneralSecurityException e) {
      throw unreadable("key store", e);
    }
  }

  private PrivateKey key(String alias) {
    try {
      if (store.getKey(alias, passphrase.reveal()) instanceof PrivateKey key) {
        return key;
      }
      throw new PlatformException(AuditErrorCode.KEY_MISSING, "no private key " + alias);
    } catch (GeneralSecurityException e) {
      throw unreadable("key " + alias, e);
    }
  }

  private List<X509Certificate> chain(String alias) {
    try {
      return List.of(store.getCertificateChain(alias)).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (GeneralSecurityException e) {
      throw unreadable("certificate " + alias, e);
    }
  }

  private void put(String alias, PrivateKey key, Certificate... chain) {
    try {
      store.setKeyEntry(alias, key, passphrase.reveal(), chain);
      Path fresh = file.resolveSibling("vault.p12.tmp");
      Files.deleteIfExists(fresh);
      OwnerOnly.createFile(fresh);
      try (OutputStream out = Files.newOutputStream(fresh)) {
        store.store(out, passphrase.reveal());
      }
      OwnerOnly.sync(fresh);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      OwnerOnly.sync(file.resolveSibling(""));
    } catch (GeneralSecurityException | IOException e) {
      throw unreadable("key store cannot be written", e);
    }
  }

  private static PlatformException unreadable(String what, @Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.KEYS_UNREADABLE, what, cause);
  }
}
