// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.jspecify.annotations.Nullable;

/** The passphrase of a key store file: given, found or made. */
final class Passphrase {

  private static final int RANDOM_BYTES = 32;

  private Passphrase() {}

  static Sensitive<char[]> obtain(
      @Nullable String given, Path folder, Path keyStore, SecureRandom random) throws IOException {
    if (given != null && !given.isEmpty()) {
      return Sensitive.of(given.toCharArray());
    }
    Path file = folder.resolve("passphrase");
    if (!Files.exists(file)) {
      if (Files.exists(keyStore)) {
        throw new PlatformException(
            AuditErrorCode.KEYS_UNREADABLE,
            "the key store is there, but neither its passphrase file nor "
                + FileKeyVault.PASSPHRASE_VARIABLE);
      }
      byte[] bytes = new byte[RANDOM_BYTES];
      random.nextBytes(bytes);
      OwnerOnly.createFile(file);
      Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      OwnerOnly.sync(file);
    }
    OwnerOnly.require(file);
    return Sensitive.of(Files.readString(file, StandardCharsets.UTF_8).strip().toCharArray());
  }
}
