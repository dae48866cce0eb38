// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Where the files of a log are (see the package documentation). */
record LogFolder(Path root) {

  private static final String SEGMENT_SUFFIX = ".seg";

  static LogFolder ofData(Path dataDir) {
    return new LogFolder(dataDir.resolve("log"));
  }

  Path format() {
    return root.resolve("format");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path durable() {
    return root.resolve("durable");
  }

  Path state() {
    return root.resolve("state");
  }

  /** There while a restore is writing the folder. */
  Path restoring() {
    return root.resolve("restoring");
  }

  /** Entries that the next writer appends before all others. */
  Path opening() {
    return root.resolve("opening");
  }

  /** Fails with {@code AUD-0089} where a restore did not come to its end. */
  void requireRestored() {
    if (Files.exists(restoring())) {
      throw new PlatformException(
          AuditErrorCode.RESTORE_UNFINISHED, "the restore of this log was interrupted");
    }
  }

  /** Whether a file or folder in here can be made again from the others, or speaks of a process. */
  boolean isDerived(Path file) {
    String name = root.relativize(file).toString().replace('\\', '/');
    return name.equals("tlog")
        || name.startsWith("tlog/")
        || name.equals("sm3")
        || name.startsWith("sm3/")
        || name.startsWith("segment/") && name.endsWith(".idx")
        || name.endsWith(".tmp")
        || List.of("lock", "durable", "state").contains(name);
  }

  Path segments() {
    return root.resolve("segment");
  }

  Path history() {
    return root.resolve("checkpoints");
  }

  /** What may be served to anybody of the tree over this hash. */
  Path published(TreeHash hash) {
    return root.resolve(
        switch (hash) {
          case SHA_256 -> "tlog";
          case SM3 -> "sm3";
        });
  }

  Path checkpoint(TreeHash hash) {
    return published(hash).resolve("checkpoint");
  }

  Path tiles(TreeHash hash) {
    return published(hash).resolve("tile");
  }

  Path keyRing() {
    return root.resolve("keys").resolve("ring");
  }

  /** Which leaves are statements about retention; derived. */
  Path retention() {
    return root.resolve("retention");
  }

  Path segment(long firstLeaf) {
    return segments().resolve(String.format(Locale.ROOT, "%020d", firstLeaf) + SEGMENT_SUFFIX);
  }

  /** The offsets of a closed segment's records. */
  Path offsets(Path segment) {
    String name = segment.getFileName().toString();
    return segment.resolveSibling(
        name.substring(0, name.length() - SEGMENT_SUFFIX.length()) + ".idx");
  }

  /** First leaf in a segment's name, or -1 where the file is no segment. */
  static long firstLeaf(Path file) {
    String name = file.getFileName().toString();
    if (name.length() != 20 + SEGMENT_SUFFIX.length() || !name.endsWith(SEGMENT_SUFFIX)) {
      return -1;
    }
    String digits = name.substring(0, 20);
    return digits.chars().allMatch(c -> c >= '0' && c <= '9') && digits.charAt(0) == '0'
        ? Long.parseLong(digits)
        : -1;
  }
}
