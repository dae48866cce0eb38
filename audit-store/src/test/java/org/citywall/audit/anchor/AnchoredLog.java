// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;

/** A log in a folder, with events that mean nothing. */
final class AnchoredLog implements AutoCloseable {

  static final Instant START = Instant.parse("2026-03-01T08:00:00Z");

  /** No checkpoint unless asked for. */
  private static final LogOptions QUIET =
      LogOptions.defaults()
          .withSegmentBytes(1 << 16)
          .withIntervals(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1));

  private final Path dataDir;
  private final NoteSigner signer;
  private final LogKeys keys;
  private final Clock clock;
  private KeptLog log;
  private long sequence;

  AnchoredLog(Path dataDir, Clock clock) {
    this(dataDir, new NoteSigner("city.example/audit", new KeyInMemory()), clock);
  }

  AnchoredLog(Path dataDir, NoteSigner signer, Clock clock) {
    this.dataDir = dataDir;
    this.signer = signer;
    this.keys = LogKeys.of(signer).withSm3(new Sm2KeyInMemory()).withSealing(new WrapperInMemory());
    this.clock = clock;
    this.log = open();
  }

  private KeptLog open() {
    return EvidenceLogs.open(dataDir, QUIET, keys, clock, new SecureRandom());
  }

  KeptLog log() {
    return log;
  }

  Path dataDir() {
    return dataDir;
  }

  VerifierKey key() {
    return signer.verifierKey();
  }

  NoteSigner signer() {
    return signer;
  }

  /** Takes another key, and gives it. */
  VerifierKey changeKey() {
    NoteSigner next = new NoteSigner(signer.name(), new KeyInMemory());
    log.changeKey(next);
    return next.verifierKey();
  }

  PublishedTree tree() {
    return PublishedTree.ofData(dataDir, TreeHash.SHA_256);
  }

  void append(int count) {
    append("test", count);
  }

  void append(String source, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Instant now = clock.instant();
      Event event =
          Event.builder(new SourcePosition(source, 1, ++sequence), now, now)
              .put(Field.EVENT_ACTION, "nothing " + sequence)
              .build();
      entries.add(new Entry(EntryKind.EVENT, event));
    }
    log.append(entries);
  }

  /** Replaces the log by one of the same key that is a copy from before. */
  void rollBackTo(Path copy) {
    log.close();
    remove(dataDir.resolve("log"));
    copy(copy, dataDir.resolve("log"));
    log = open();
  }

  /** Copies the log as it is; a writer must not be between two groups. */
  Path snapshot(Path target) {
    copy(dataDir.resolve("log"), target);
    return target;
  }

  /** Leaves out what the signer writes beside a file that it is about to replace. */
  static void copy(Path from, Path to) {
    try {
      Files.walkFileTree(
          from,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                throws IOException {
              Files.createDirectories(to.resolve(from.relativize(folder).toString()));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              if (!file.toString().endsWith(".tmp")) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (file.toString().endsWith(".tmp")) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    log.close();
  }
}
