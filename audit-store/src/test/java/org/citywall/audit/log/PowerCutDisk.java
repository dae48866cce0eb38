// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A disk that can tell what a power cut would have left. It writes to the real one and keeps a
 * journal. What was forced is there after the cut; of what was not, each sector of 512 bytes, the
 * length of each file and each name may be any of those it had since, in any combination: writes
 * are torn, and reordered within a file, across files and between files and folders.
 */
final class PowerCutDisk implements Disk {

  private static final int SECTOR = 512;

  private sealed interface Step {

    /** A file begins to exist under this name, empty. */
    record Create(Path name) implements Step {}

    record Write(Path name, int at, byte[] bytes) implements Step {}

    record Truncate(Path name, int length) implements Step {}

    record Force(Path name) implements Step {}

    record Rename(Path from, Path to) implements Step {}

    record Delete(Path name) implements Step {}

    record SyncFolder(Path folder) implements Step {}
  }

  private final Path data;
  private final List<Step> journal = new ArrayList<>();
  private final List<Long> marks = new ArrayList<>();

  /** A disk on which everything that is in the folder now is durable. */
  PowerCutDisk(Path data) throws IOException {
    this.data = data;
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        if (Files.isRegularFile(file)) {
          took(new Step.Create(file));
          took(new Step.Write(file, 0, Files.readAllBytes(file)));
          took(new Step.Force(file));
          took(new Step.SyncFolder(file.resolveSibling("")));
        }
      }
    }
  }

  /** Number of steps until now: a cut may come before each, and behind the last. */
  synchronized int steps() {
    return journal.size();
  }

  private synchronized void took(Step step) {
    try {
      marks.add(DurableMark.read(LogFolder.ofData(data).durable()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    journal.add(step);
  }

  @Override
  public AppendFile append(Path file) throws IOException {
    boolean fresh = !Files.exists(file);
    AppendFile real = Disk.super.append(file);
    if (fresh) {
      took(new Step.Create(file));
    }
    return new JournalledFile(file, real);
  }

  @Override
  public void replace(Path file, byte[] bytes, boolean durable) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Disk.super.replace(file, bytes, durable);
    took(new Step.Create(temporary));
    took(new Step.Write(temporary, 0, bytes.clone()));
    took(new Step.Force(temporary));
    took(new Step.Rename(temporary, file));
    if (durable) {
      took(new Step.SyncFolder(file.resolveSibling("")));
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    if (Files.exists(file)) {
      took(new Step.Delete(file));
      Disk.super.delete(file);
    }
  }

  @Override
  public void force(Path file) throws IOException {
    Disk.super.force(file);
    took(new Step.Force(file));
  }

  @Override
  public void write(Path file, byte[] bytes, int offset, int length) throws IOException {
    boolean fresh = !Files.exists(file);
    Disk.super.write(file, bytes, offset, length);
    took(fresh ? new Step.Create(file) : new Step.Truncate(file, 0));
    took(new Step.Write(file, 0, Arrays.copyOfRange(bytes, offset, offset + length)));
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    Disk.super.syncFolder(folder);
    took(new Step.SyncFolder(folder));
  }

  private final class JournalledFile implements AppendFile {
    private final Path name;
    private final AppendFile real;

    JournalledFile(Path name, AppendFile real) {
      this.name = name;
      this.real = real;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      took(new Step.Write(name, (int) real.size(), copy));
      real.append(bytes);
    }

    @Override
    public void force() throws IOException {
      real.force();
      took(new Step.Force(name));
    }

    @Override
    public void truncate(long size) throws IOException {
      took(new Step.Truncate(name, (int) size));
      real.truncate(size);
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  /** A file with what it held when it was forced last, and after each write since. */
  private static final class Inode {
    private final List<byte[]> versions = new ArrayList<>(List.of(new byte[0]));

    byte[] last() {
      return versions.getLast();
    }

    void write(int at, byte[] bytes) {
      byte[] next = Arrays.copyOf(last(), Math.max(last().length, at + bytes.length));
      System.arraycopy(bytes, 0, next, at, bytes.length);
      versions.add(next);
    }

    void force() {
      byte[] forced = last();
      versions.clear();
      versions.add(forced);
    }

    byte[] afterCut(RandomGenerator random) {
      int length = versions.get(random.nextInt(versions.size())).length;
      byte[] left = new byte[length];
      for (int at = 0; at < length; at += SECTOR) {
        byte[] from = versions.get(random.nextInt(versions.size()));
        int end = Math.min(Math.min(at + SECTOR, length), from.length);
        if (end > at) {
          System.arraycopy(from, at, left, at, end - at);
        }
      }
      return left;
    }
  }

  /** Which file a name stands for: as of the last sync of its folder, and after each change. */
  private static final class Names {
    private final Map<Path, List<Inode>> versions = new TreeMap<>();
    private static final Inode NONE = new Inode();

    Inode get(Path name) {
      return versions.get(name).getLast();
    }

    void put(Path name, Inode inode) {
      versions.computeIfAbsent(name, fresh -> new ArrayList<>(List.of(NONE))).add(inode);
    }

    void sync(Path folder) {
      versions.forEach(
          (name, known) -> {
            if (name.resolveSibling("").equals(folder.resolve(""))) {
              known.subList(0, known.size() - 1).clear();
            }
          });
    }
  }

  /** Writes what a cut before this step may leave into an empty folder. */
  synchronized void cut(int before, RandomGenerator random, Path to) throws IOException {
    Names names = new Names();
    for (Step step : journal.subList(0, before)) {
      switch (step) {
        case Step.Create create -> names.put(create.name(), new Inode());
        case Step.Write write -> names.get(write.name()).write(write.at(), write.bytes());
        case Step.Truncate cut -> {
          Inode inode = names.get(cut.name());
          inode.versions.add(Arrays.copyOf(inode.last(), cut.length()));
        }
        case Step.Force force -> names.get(force.name()).force();
        case Step.Rename rename -> {
          names.put(rename.to(), names.get(rename.from()));
          names.put(rename.from(), Names.NONE);
        }
        case Step.Delete gone -> names.put(gone.name(), Names.NONE);
        case Step.SyncFolder sync -> names.sync(sync.folder());
      }
    }
    Map<Inode, byte[]> contents = new HashMap<>();
    for (Map.Entry<Path, List<Inode>> name : names.versions.entrySet()) {
      Inode inode = name.getValue().get(random.nextInt(name.getValue().size()));
      if (inode != Names.NONE) {
        byte[] left = contents.computeIfAbsent(inode, file -> file.afterCut(random));
        put(to, name.getKey(), left);
      }
    }
    long mark = marks.subList(0, before).get(random.nextInt(before));
    if (random.nextInt(3) > 0) {
      mark = marks.get(before - 1);
    }
    if (mark > 0) {
      put(
          to,
          LogFolder.ofData(data).durable(),
          ByteBuffer.allocate(DurableMark.BYTES).putLong(mark).putLong(~mark).array());
    }
  }

  private void put(Path to, Path name, byte[] content) throws IOException {
    Path file = to.resolve(data.relativize(name).toString());
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, content);
  }
}
