// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.store.FSDirectory;
import org.citywall.audit.log.LogReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of an index: decides before it is written whether what is there can be kept. */
final class IndexFolder {

  private static final Logger LOG = LoggerFactory.getLogger(IndexFolder.class);

  /** Written by an index that finds itself corrupt, so that the next opening begins anew. */
  private static final String CORRUPT_MARK = "citywall.corrupt";

  /** Newest documents whose checksums are read at opening: what a crash may have hurt. */
  private static final long MAX_CHECKED_DOCS = 2_000_000;

  private final Path path;

  IndexFolder(Path path) {
    this.path = path;
  }

  /** Moves an index aside that cannot be kept; true where it did. */
  boolean clear(LogReader log) throws IOException {
    String reason = fault(log);
    if (reason.isEmpty()) {
      return false;
    }
    deleteAside();
    Files.move(path, aside());
    LOG.atWarn()
        .addKeyValue("error.code", "AUD-0031")
        .addKeyValue("reason", reason)
        .log("the search index is moved aside and rebuilt from the log");
    return true;
  }

  /** Deletes an index that was moved aside, which may hold what was destroyed since. */
  void deleteAside() throws IOException {
    delete(aside());
  }

  private Path aside() {
    return path.resolveSibling(path.getFileName() + ".broken");
  }

  void markCorrupt() throws IOException {
    if (!Files.exists(path.resolve(CORRUPT_MARK))) {
      Files.createFile(path.resolve(CORRUPT_MARK));
    }
  }

  static boolean isCorruption(Throwable failure) {
    return failure instanceof CorruptIndexException
        || failure instanceof IndexFormatTooOldException
        || failure instanceof IndexFormatTooNewException
        || failure instanceof EOFException
        || failure instanceof NoSuchFileException;
  }

  private String fault(LogReader log) throws IOException {
    if (!Files.isDirectory(path)) {
      return "";
    }
    if (Files.exists(path.resolve(CORRUPT_MARK))) {
      return "found corrupt while in use";
    }
    try (FSDirectory directory = FSDirectory.open(path)) {
      if (!DirectoryReader.indexExists(directory)) {
        return isBlank() ? "" : "no commit";
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        CommitData data = CommitData.of(reader.getIndexCommit().getUserData());
        check(reader);
        return fault(data, log);
      }
    } catch (IOException | IllegalArgumentException e) {
      if (e instanceof IllegalArgumentException || isCorruption(e)) {
        return e.getClass().getSimpleName();
      }
      throw e;
    }
  }

  private static String fault(CommitData data, LogReader log) {
    if (data.schema() != Schema.VERSION) {
      return "schema " + data.schema();
    }
    if (data.next() > log.size()) {
      return "ahead of the log";
    }
    boolean same =
        data.next() == 0 || log.read(data.next() - 1).event().id().toString().equals(data.last());
    return same ? "" : "made from another log";
  }

  private static void check(DirectoryReader reader) throws IOException {
    List<LeafReaderContext> segments = reader.leaves();
    long checked = 0;
    for (int i = segments.size() - 1; i >= 0 && checked < MAX_CHECKED_DOCS; i--) {
      segments.get(i).reader().checkIntegrity();
      checked += segments.get(i).reader().maxDoc();
    }
  }

  /** A writer that died before its first commit leaves files but no commit: those are cleared. */
  private boolean isBlank() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files.allMatch(file -> file.getFileName().toString().equals("write.lock"));
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
