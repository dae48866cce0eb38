// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.secrets.KeyWrapper;

/** Logs in files for tests. */
public final class TestLogs {

  /** Small segments, no checkpoint unless asked for. */
  static final LogOptions QUIET =
      LogOptions.defaults()
          .withSegmentBytes(1 << 16)
          .withIntervals(Duration.ofHours(1), Duration.ofHours(1), Duration.ZERO);

  private TestLogs() {}

  static EvidenceLog open(Path dataDir) {
    return open(dataDir, Disk.REAL);
  }

  static EvidenceLog open(Path dataDir, Disk disk) {
    return EvidenceLogs.open(
        dataDir,
        QUIET,
        TestKeys.ALL,
        Clock.fixed(TestEvents.TIME, ZoneOffset.UTC),
        new SecureRandom(),
        disk);
  }

  /** Opens a log of two trees that seals payloads, by a clock that stands. */
  public static KeptLog openAt(Path dataDir, Instant now) {
    return EvidenceLogs.open(
        dataDir, QUIET, TestKeys.ALL, Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
  }

  /** An entry whose payload is about a department, received at this time. */
  public static Entry entry(long sequence, Instant received, String department) {
    return new Entry(
        EntryKind.EVENT,
        Event.builder(new SourcePosition("s", 1, sequence), received, received)
            .put(Field.GOV_DEPARTMENT_CODE, department)
            .put(Field.GOV_NOTE, "note " + sequence)
            .build());
  }

  /** Verifies everything, with the key that opens payloads. */
  public static LogVerifier verifier(Path dataDir) {
    return new LogVerifier(dataDir, List.of(), TestKeys.ALL.wrapper());
  }

  /** What opens the data keys of the logs written here. */
  public static KeyWrapper wrapper() {
    return Objects.requireNonNull(TestKeys.ALL.wrapper());
  }

  /**
   * Exchanges the payload of a record for another one and seals it again, as somebody can who has
   * every key.
   */
  public static void exchangePayload(Path dataDir, ByteBuffer record) {
    OpenedKeys keys = new OpenedKeys(LogFolder.ofData(dataDir).keyRing(), wrapper());
    int at = RecordFormat.RECORD_HEADER + (record.getShort(26) & 0xFFFF);
    byte[] body = new byte[record.limit() - at];
    record.get(at, body);
    DataKey key = keys.key(record.getInt(28)).orElseThrow();
    byte[] plain = Objects.requireNonNull(key.open(body));
    plain[plain.length - 1] ^= 1;
    key.seal(99, plain, body, 0);
    record.put(at, body);
  }

  /** Reads a log with the key that opens payloads. */
  static LogReader read(Path dataDir) {
    return EvidenceLogs.openReadOnly(dataDir, wrapper());
  }

  /** A closed log of several segments, full and incomplete tiles and four checkpoints. */
  public static void write(Path dataDir) {
    try (EvidenceLog log = open(dataDir)) {
      log.append(TestEvents.range("a", 1, 100));
      log.signCheckpoint();
      log.append(TestEvents.range("b", 1, 200));
      log.append(List.of(TestEvents.ofClient("http", 1, "x")));
      log.signCheckpoint();
      log.append(TestEvents.range("a", 101, 150));
    }
  }

  /** Opens the log for writing and closes it again. */
  public static long reopen(Path dataDir) {
    try (EvidenceLog log = open(dataDir)) {
      return log.size();
    }
  }

  /** Deletes a folder with everything in it. */
  static void delete(Path tree) {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
