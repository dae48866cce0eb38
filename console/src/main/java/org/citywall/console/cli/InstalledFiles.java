// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;

/** Files that an installation makes for the people and programs that use it. */
final class InstalledFiles {

  /** Names the HTTP source of whoever uses the token file. */
  static final String TOKEN_NAME = "default";

  private static final int TOKEN_BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final DataFolder data;
  private final SecureRandom random;

  InstalledFiles(DataFolder data, SecureRandom random) {
    this.data = data;
    this.random = random;
  }

  void createFolder() {
    try {
      Files.createDirectories(data.root());
    } catch (IOException e) {
      throw unusable(data.root(), e);
    }
  }

  /** Writes the certificate that senders over TLS are told to trust. */
  void writeAuthority(String pem) {
    try {
      Files.createDirectories(data.authority().getParent());
      Files.writeString(data.authority(), pem);
    } catch (IOException e) {
      throw unusable(data.authority(), e);
    }
  }

  /** The bearer token of the ingest port, made at the first start. */
  Sensitive<String> ingestToken() {
    return secret(data.ingestToken());
  }

  /** The key of hashes of persons, made at the first start. */
  Sensitive<String> subjectKey() {
    return secret(data.subjectKey());
  }

  private Sensitive<String> secret(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        byte[] secret = new byte[TOKEN_BYTES];
        random.nextBytes(secret);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(
            fresh,
            Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n",
            StandardOpenOption.WRITE);
        Files.move(fresh, file);
      }
      return Sensitive.of(Files.readString(file).strip());
    } catch (IOException e) {
      throw unusable(file, e);
    }
  }

  private static PlatformException unusable(Path path, IOException cause) {
    return new PlatformException(
        CliErrorCode.DATA_FOLDER_UNUSABLE, path + ": " + cause.getMessage(), cause);
  }
}
