// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The passphrase of the key file where a crypto machine wraps it: {@code
 * DIR/keys/passphrase.wrapped}, one line of Base64.
 */
final class WrappedPassphrase {

  private static final int RANDOM_BYTES = 32;

  private final Path folder;
  private final Path file;
  private final KeyWrapper wrapper;
  private final SecureRandom random;

  WrappedPassphrase(Path folder, KeyWrapper wrapper, SecureRandom random) {
    this.folder = folder;
    this.file = folder.resolve("passphrase.wrapped");
    this.wrapper = wrapper;
    this.random = random;
  }

  /** The passphrase, made where there is neither one nor a key file. */
  Sensitive<char[]> obtain() throws IOException {
    OwnerOnly.createFolder(folder);
    if (!Files.exists(file)) {
      if (Files.exists(folder.resolve(FileKeyVault.FILE_NAME))) {
        throw Pkcs12File.unreadable(
            "the key file is there, but no passphrase that this crypto machine wrapped", null);
      }
      byte[] bytes = new byte[RANDOM_BYTES];
      random.nextBytes(bytes);
      write(wrapper.wrap(Base64.getEncoder().encode(bytes)));
    }
    String passphrase = new String(wrapper.unwrap(read()), StandardCharsets.US_ASCII);
    return Sensitive.of(passphrase.toCharArray());
  }

  /** Wraps it under the newest version of the machine's key. */
  void rewrap() {
    try {
      write(wrapper.rewrap(read()));
    } catch (IOException e) {
      throw Pkcs12File.unreadable(file.getFileName().toString(), e);
    }
  }

  private byte[] read() throws IOException {
    OwnerOnly.require(file);
    try {
      return Base64.getDecoder().decode(Files.readString(file).strip());
    } catch (IllegalArgumentException e) {
      throw Pkcs12File.unreadable(file.getFileName() + " is not Base64", e);
    }
  }

  private void write(byte[] wrapped) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(fresh);
    OwnerOnly.createFile(fresh);
    Files.writeString(fresh, Base64.getEncoder().encodeToString(wrapped) + "\n");
    OwnerOnly.sync(fresh);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    OwnerOnly.sync(folder);
  }
}
