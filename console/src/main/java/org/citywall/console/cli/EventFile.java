// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Opens files of events, compressed by gzip or not. */
final class EventFile {

  private static final int BUFFER = 1 << 16;
  private static final int MAGIC_1 = 0x1f;
  private static final int MAGIC_2 = 0x8b;

  private EventFile() {}

  /** The content; told to be compressed by its first two bytes, whatever the name (RFC 1952). */
  static InputStream open(Path file) throws IOException {
    InputStream plain = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      plain.mark(2);
      boolean zipped = plain.read() == MAGIC_1 && plain.read() == MAGIC_2;
      plain.reset();
      return zipped ? new BufferedInputStream(new GZIPInputStream(plain, BUFFER), BUFFER) : plain;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }
}
