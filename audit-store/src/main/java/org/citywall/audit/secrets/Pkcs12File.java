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
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/**
 * A PKCS#12 file (RFC 7292) that only its owner can read; each change replaces it whole, so that a
 * crash leaves the old or the new one. Not for two threads at once.
 */
final class Pkcs12File implements ServerIdentities.Shelf {

  /** A change of the key store in memory. */
  @FunctionalInterface
  private interface Change {
    void apply(KeyStore store, char[] passphrase) throws GeneralSecurityException;
  }

  private final Path file;
  private final Sensitive<char[]> passphrase;
  private KeyStore store;

  /** Opens the file where there is one; {@code AUD-0040} where it cannot be. */
  Pkcs12File(Path file, Sensitive<char[]> passphrase) {
    this.file = file;
    this.passphrase = passphrase;
    this.store = load(file, passphrase);
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

  List<String> aliases() {
    try {
      return Collections.list(store.aliases());
    } catch (GeneralSecurityException e) {
      throw unreadable("key store", e);
    }
  }

  @Override
  public Optional<TlsIdentity> identity(String alias) {
    if (!aliases().contains(alias)) {
      return Optional.empty();
    }
    if (key(alias) instanceof PrivateKey key) {
      return Optional.of(new TlsIdentity(key, chain(alias)));
    }
    throw new PlatformException(AuditErrorCode.KEY_MISSING, "no private key " + alias);
  }

  /** The secret key of this alias, which must be there. */
  SecretKey secret(String alias) {
    if (key(alias) instanceof SecretKey key) {
      return key;
    }
    throw new PlatformException(AuditErrorCode.KEY_MISSING, "no secret key " + alias);
  }

  private @Nullable Key key(String alias) {
    try {
      return store.getKey(alias, passphrase.reveal());
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

  @Override
  public TlsIdentity put(String alias, TlsIdentity identity) {
    Certificate[] chain = identity.chain().toArray(Certificate[]::new);
    change((keys, secret) -> keys.setKeyEntry(alias, identity.key(), secret, chain));
    return identity;
  }

  void put(String alias, SecretKey key) {
    change((keys, secret) -> keys.setKeyEntry(alias, key, secret, null));
  }

  void remove(List<String> aliases) {
    change(
        (keys, secret) -> {
          for (String alias : aliases) {
            keys.deleteEntry(alias);
          }
        });
  }

  private void change(Change change) {
    try {
      change.apply(store, passphrase.reveal());
      replaceFile();
    } catch (GeneralSecurityException | IOException e) {
      // A key that is not on disk must not be used: it would be gone after a restart.
      store = load(file, passphrase);
      throw unreadable("key store cannot be written", e);
    }
  }

  private void replaceFile() throws GeneralSecurityException, IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(fresh);
    OwnerOnly.createFile(fresh);
    try (OutputStream out = Files.newOutputStream(fresh)) {
      store.store(out, passphrase.reveal());
    }
    OwnerOnly.sync(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    OwnerOnly.sync(file.resolveSibling(""));
  }

  static PlatformException unreadable(String what, @Nullable Throwable cause) {
    return new PlatformException(AuditErrorCode.KEYS_UNREADABLE, what, cause);
  }
}
