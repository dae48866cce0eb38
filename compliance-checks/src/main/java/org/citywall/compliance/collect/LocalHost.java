// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A host whose files are below a folder here: this machine itself, or a root that is not started.
 */
public final class LocalHost implements Host {

  private static final int MOST_LINKS = 40;
  private static final int PERMISSIONS = 07777;

  private final Path root;
  private final boolean live;
  private final Clock clock;

  private LocalHost(Path root, boolean live, Clock clock) {
    this.root = root;
    this.live = live;
    this.clock = clock;
  }

  /** This machine. */
  public static LocalHost here(Clock clock) {
    return new LocalHost(Path.of("/"), true, clock);
  }

  /** A file system that is mounted or unpacked at a folder. */
  public static LocalHost below(Path root, Clock clock) {
    return new LocalHost(root, false, clock);
  }

  @Override
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  @Override
  public boolean live() {
    return live;
  }

  @Override
  public Optional<FileState> stat(String path) throws Uncollectable {
    try {
      Path file = resolve(path);
      Map<String, Object> read =
          Files.readAttributes(file, "unix:mode,uid,gid,size", LinkOption.NOFOLLOW_LINKS);
      FileState.Type type =
          Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              ? FileState.Type.FILE
              : Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                  ? FileState.Type.FOLDER
                  : FileState.Type.OTHER;
      return Optional.of(
          new FileState(
              type,
              (int) number(read, "mode") & PERMISSIONS,
              number(read, "uid"),
              number(read, "gid"),
              number(read, "size")));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static long number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.longValue() : -1;
  }

  @Override
  public Optional<String> read(String path) throws Uncollectable {
    try {
      Path file = resolve(path);
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new Uncollectable(path + " is no regular file");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new Uncollectable(path + " is larger than " + MOST_BYTES + " bytes");
        }
        return Optional.of(new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  @Override
  public List<String> list(String path) throws Uncollectable {
    try {
      Path folder = resolve(path);
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        return List.of();
      }
      try (Stream<Path> entries = Files.list(folder)) {
        return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /** Follows links as the host would: one to an absolute path leads below the root. */
  private Path resolve(String path) throws IOException, Uncollectable {
    Deque<String> open = new ArrayDeque<>(List.of(path.split("/")));
    Path at = root;
    int links = 0;
    while (!open.isEmpty()) {
      String name = open.removeFirst();
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..")) {
        at = parent(at);
        continue;
      }
      Path next = at.resolve(name);
      if (!Files.isSymbolicLink(next)) {
        at = next;
        continue;
      }
      if (++links > MOST_LINKS) {
        throw new Uncollectable(path + " leads in circles");
      }
      String target = Files.readSymbolicLink(next).toString();
      if (target.startsWith("/")) {
        at = root;
      }
      List<String> parts = List.of(target.split("/"));
      for (int i = parts.size() - 1; i >= 0; i--) {
        open.addFirst(parts.get(i));
      }
    }
    return at;
  }

  private Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null || path.equals(root) ? root : parent;
  }

  private static Uncollectable unreadable(String path, IOException cause) {
    return new Uncollectable(path + " cannot be read: " + cause.getClass().getSimpleName(), cause);
  }
}
