// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.citywall.audit.PlatformException;

/** Reads files that are named on the command line. */
final class TextFile {

  private TextFile() {}

  /** The whole file, or {@code CLI-0020} with what is wrong with it. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new PlatformException(CliErrorCode.FILE_UNREADABLE, file + ": no such file", e);
    } catch (MalformedInputException e) {
      throw new PlatformException(CliErrorCode.FILE_UNREADABLE, file + " is not UTF-8", e);
    } catch (IOException e) {
      throw new PlatformException(CliErrorCode.FILE_UNREADABLE, file + " cannot be read", e);
    }
  }
}
