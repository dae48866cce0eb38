// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.correlation.CorrelationErrorCode;

/**
 * Where a ledger is kept between two runs, so that the log need not be counted again. The head is
 * replaced as a whole once the days that it names are on the disk: after a crash the last complete
 * snapshot is there. Not safe for use by several threads.
 */
public final class ExposureFiles {

  private static final String HEAD = "head";

  private final Path folder;
  private Map<Integer, Head.DayFile> saved = new TreeMap<>();

  /**
   * @param folder derived from the log; it can be deleted while nothing runs
   */
  public ExposureFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The ledger that was saved last, an empty one where there is none; {@code COR-0120} where it is
   * not what was saved: {@link #clear} and count again.
   *
   * @param mostCells how many days and places are told apart from here on
   */
  public ExposureLedger read(int mostCells) {
    if (!Files.exists(folder.resolve(HEAD))) {
      return new ExposureLedger(mostCells);
    }
    try {
      Head head = Head.decode(Files.readAllBytes(folder.resolve(HEAD)));
      TreeMap<Integer, Day> days = new TreeMap<>();
      Map<Integer, Head.DayFile> known = new TreeMap<>();
      for (Head.DayFile file : head.files()) {
        byte[] bytes = Files.readAllBytes(folder.resolve(file.name()));
        if (!Hash.sha256(bytes).hex().equals(file.sha256())) {
          throw new IOException(file.name() + " is not what was written");
        }
        days.put(file.day(), Day.decode(bytes));
        known.put(file.day(), file);
      }
      saved = known;
      return new ExposureLedger(mostCells, head, days);
    } catch (IOException e) {
      throw new PlatformException(
          CorrelationErrorCode.EXPOSURE_SNAPSHOT_INVALID, folder + ": " + e.getMessage(), e);
    }
  }

  /** Saves a ledger, of which only the days are written that changed; {@code COR-0121}. */
  public void save(ExposureLedger ledger) {
    try {
      Files.createDirectories(folder);
      saved = ledger.save(this::save);
      removeOthers();
    } catch (IOException e) {
      throw new PlatformException(
          CorrelationErrorCode.EXPOSURE_NOT_SAVED, folder + ": " + e.getMessage(), e);
    }
  }

  private Map<Integer, Head.DayFile> save(Head head, Map<Integer, Day> days) throws IOException {
    Map<Integer, Head.DayFile> files = new TreeMap<>();
    for (Map.Entry<Integer, Day> one : days.entrySet()) {
      Head.DayFile before = saved.get(one.getKey());
      files.put(
          one.getKey(),
          before == null || one.getValue().changed
              ? save(one.getKey(), one.getValue(), head.next())
              : before);
    }
    Head whole =
        new Head(
            head.next(),
            head.destruction(),
            head.newestDay(),
            head.tooOld(),
            head.folded(),
            new ArrayList<>(files.values()));
    Path fresh = folder.resolve(HEAD + ".new");
    write(fresh, whole.encode());
    Files.move(fresh, folder.resolve(HEAD), StandardCopyOption.ATOMIC_MOVE);
    days.values().forEach(day -> day.changed = false);
    return files;
  }

  private Head.DayFile save(int day, Day content, long next) throws IOException {
    byte[] bytes = content.encode();
    String name = Access.date(day) + "-" + next + ".day";
    write(folder.resolve(name), bytes);
    return new Head.DayFile(day, name, Hash.sha256(bytes).hex());
  }

  private static void write(Path file, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      java.nio.ByteBuffer content = java.nio.ByteBuffer.wrap(bytes);
      while (content.hasRemaining()) {
        channel.write(content);
      }
      channel.force(true);
    }
  }

  private void removeOthers() throws IOException {
    Set<String> kept = new HashSet<>(Set.of(HEAD));
    saved.values().forEach(file -> kept.add(file.name()));
    for (Path file : files()) {
      if (!kept.contains(file.getFileName().toString())) {
        Files.deleteIfExists(file);
      }
    }
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** Erases what was saved; {@code COR-0121} where that fails. */
  public void clear() {
    try {
      // Without its head nothing of the rest is believed.
      Files.deleteIfExists(folder.resolve(HEAD));
      for (Path file : files()) {
        Files.delete(file);
      }
      saved = new TreeMap<>();
    } catch (IOException e) {
      throw new PlatformException(
          CorrelationErrorCode.EXPOSURE_NOT_SAVED, folder + ": " + e.getMessage(), e);
    }
  }
}
