// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the passphrase of a backup comes from; never from the arguments, which others can see. */
final class BackupPassphrase {

  static final String VARIABLE = "CITYWALL_BACKUP_PASSPHRASE";

  private static final int MIN_LENGTH = 12;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description =
          "file with the passphrase of an encrypted backup (default: the environment variable "
              + VARIABLE
              + ")")
  private @Nullable Path file;

  /** The passphrase, if one is given; {@code CLI-0001} where it is short or cannot be read. */
  Optional<Sensitive<char[]>> find() {
    String text = file == null ? System.getenv(VARIABLE) : read(file);
    if (text == null || text.isEmpty() && file == null) {
      return Optional.empty();
    }
    if (text.length() < MIN_LENGTH) {
      throw invalid("a passphrase has " + MIN_LENGTH + " characters or more", null);
    }
    return Optional.of(Sensitive.of(text.toCharArray()));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw invalid(file + " cannot be read", e);
    }
  }

  private static PlatformException invalid(String detail, @Nullable Exception cause) {
    return new PlatformException(CliErrorCode.CONFIGURATION_INVALID, detail, cause);
  }
}
