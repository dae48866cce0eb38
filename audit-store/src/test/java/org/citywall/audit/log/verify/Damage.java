// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The files of a log, which are damaged and put back. */
final class Damage {

  /** A file and the byte from which on it may be damaged. */
  private record Target(Path file, int from) {}

  private final Path log;
  private final Map<Path, byte[]> whole;
  private final List<Target> targets = new ArrayList<>();

  private Damage(Path log, Map<Path, byte[]> before) throws IOException {
    this.log = log;
    this.whole = files(log);
    whole.forEach(
        (file, bytes) -> {
          int from = from(before.get(file), bytes);
          if (from < bytes.length) {
            targets.add(new Target(file, from));
          }
        });
    targets.sort((a, b) -> a.file().compareTo(b.file()));
  }

  /** Damages any file but the one that says what the log is. */
  static Damage anywhere(Path log) throws IOException {
    Path format = log.resolve("format");
    return new Damage(log, Map.of(format, Files.readAllBytes(format)));
  }

  /** Damages what was written since the files were these. */
  static Damage since(Map<Path, byte[]> before, Path log) throws IOException {
    return new Damage(log, before);
  }

  static Map<Path, byte[]> files(Path log) throws IOException {
    Map<Path, byte[]> files = new HashMap<>();
    try (Stream<Path> paths = Files.walk(log)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (Files.isRegularFile(path) && !path.endsWith("lock")) {
          files.put(path, Files.readAllBytes(path));
        }
      }
    }
    return files;
  }

  private static int from(byte[] before, byte[] now) {
    if (before == null) {
      return 0;
    }
    int differs = Arrays.mismatch(before, now);
    return differs < 0 ? now.length : differs == before.length ? before.length : 0;
  }

  /** Damages one file and says how. */
  String strike(RandomGenerator random) throws IOException {
    Target target = targets.get(random.nextInt(targets.size()));
    byte[] bytes = whole.get(target.file()).clone();
    int at = random.nextInt(target.from(), bytes.length);
    String name = log.relativize(target.file()).toString();
    switch (random.nextInt(target.from() == 0 ? 4 : 3)) {
      case 0 -> {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(target.file(), bytes);
        return "flipped a bit of byte " + at + " of " + name;
      }
      case 1 -> {
        Files.write(target.file(), Arrays.copyOf(bytes, at));
        return "cut " + name + " at " + at;
      }
      case 2 -> {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(2000));
        Arrays.fill(bytes, at, end, (byte) 0);
        Files.write(target.file(), bytes);
        return "zeroed " + name + " from " + at + " to " + end;
      }
      default -> {
        Files.delete(target.file());
        return "deleted " + name;
      }
    }
  }

  /** Puts every file back. */
  void mend() throws IOException {
    for (Map.Entry<Path, byte[]> file : whole.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }
}
