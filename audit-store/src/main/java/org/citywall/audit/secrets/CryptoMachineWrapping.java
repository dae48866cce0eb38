// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * AES-256 keys that wrap, on a token, by the JDK's provider for PKCS#11. They do not leave it.
 * Thread-safe.
 */
final class CryptoMachineWrapping {

  private static final int KEY_BITS = 256;

  private final CryptoMachineSettings settings;
  private final long slot;
  private final Sensitive<char[]> pin;
  private final String prefix;
  private Token token;

  /** Something that a session that was lost cannot do. */
  @FunctionalInterface
  private interface Work<T> {
    T done() throws GeneralSecurityException;
  }

  private record Token(Provider provider, KeyStore store) {}

  CryptoMachineWrapping(CryptoMachineSettings settings, long slot, Sensitive<char[]> pin) {
    this.settings = settings;
    this.slot = slot;
    this.pin = pin;
    this.prefix = settings.prefix() + "-";
    this.token = open();
  }

  private Token open() {
    // A key is generated for the session; storing it copies it to the token under its label.
    String configuration =
        String.format(
            Locale.ROOT,
            """
            --name = citywall
            library = "%s"
            slot = %d
            attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
              CKA_SENSITIVE = true
              CKA_EXTRACTABLE = false
              CKA_ENCRYPT = true
              CKA_DECRYPT = true
            }
            """,
            settings.library(),
            slot);
    try {
      Provider provider = Security.getProvider("SunPKCS11").configure(configuration);
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin.reveal());
      return new Token(provider, store);
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      throw unavailable("token " + settings.tokenLabel(), e);
    }
  }

  /** Logs in anew: the provider keeps sessions that a restart of the machine ended. */
  synchronized void reopen() {
    token = open();
  }

  /** Names of the keys, without our prefix. */
  synchronized List<String> aliases() {
    try {
      return Collections.list(token.store().aliases()).stream()
          .filter(alias -> alias.startsWith(prefix))
          .map(alias -> alias.substring(prefix.length()))
          .toList();
    } catch (GeneralSecurityException e) {
      throw unavailable("listing keys", e);
    }
  }

  void generate(String alias) {
    reopening("making key " + alias, () -> makeKey(alias));
  }

  private boolean makeKey(String alias) throws GeneralSecurityException {
    KeyGenerator generator = KeyGenerator.getInstance("AES", token.provider());
    generator.init(KEY_BITS);
    token.store().setKeyEntry(prefix + alias, generator.generateKey(), null, null);
    return true;
  }

  Optional<SecretKey> key(String alias) {
    return reopening(
        "reading key " + alias,
        () ->
            token.store().getKey(prefix + alias, null) instanceof SecretKey key
                ? Optional.of(key)
                : Optional.empty());
  }

  void destroy(String alias) {
    reopening(
        "destroying key " + alias,
        () -> {
          token.store().deleteEntry(prefix + alias);
          return true;
        });
  }

  private synchronized <T> T reopening(String what, Work<T> work) {
    try {
      return work.done();
    } catch (GeneralSecurityException | ProviderException e) {
      reopen();
    }
    try {
      return work.done();
    } catch (GeneralSecurityException | ProviderException e) {
      throw unavailable(what, e);
    }
  }

  synchronized Cipher cipher() throws GeneralSecurityException {
    return Cipher.getInstance("AES/GCM/NoPadding", token.provider());
  }

  private static PlatformException unavailable(String what, Exception cause) {
    return new PlatformException(AuditErrorCode.CRYPTO_MACHINE_UNAVAILABLE, what, cause);
  }
}
