// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.citywall.audit.secrets.Sensitive;

/**
 * The passwords of the demo database, random for each data folder: a file that its owner alone may
 * read, one log-in and password a line.
 */
final class DatabaseCredentials {

  private static final int PASSWORD_BYTES = 18;

  private final Map<DatabaseLogin, Sensitive<String>> passwords;

  private DatabaseCredentials(Map<DatabaseLogin, Sensitive<String>> passwords) {
    this.passwords = passwords;
  }

  static DatabaseCredentials readOrCreate(Path file, RandomGenerator secrets) throws IOException {
    if (!Files.exists(file)) {
      create(file, secrets);
    }
    Map<DatabaseLogin, Sensitive<String>> passwords = new EnumMap<>(DatabaseLogin.class);
    for (String line : Files.readAllLines(file)) {
      int blank = line.indexOf(' ');
      passwords.put(
          DatabaseLogin.valueOf(line.substring(0, blank)), Sensitive.of(line.substring(blank + 1)));
    }
    if (passwords.size() != DatabaseLogin.values().length) {
      throw new IOException("incomplete credentials in " + file);
    }
    return new DatabaseCredentials(passwords);
  }

  Sensitive<String> password(DatabaseLogin login) {
    return Objects.requireNonNull(passwords.get(login));
  }

  private static void create(Path file, RandomGenerator secrets) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (DatabaseLogin login : DatabaseLogin.values()) {
      byte[] password = new byte[PASSWORD_BYTES];
      secrets.nextBytes(password);
      lines.append(login).append(' ');
      lines.append(Base64.getUrlEncoder().encodeToString(password)).append('\n');
    }
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(written);
    Files.createFile(
        written,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(written, lines);
    Files.move(written, file);
  }
}
