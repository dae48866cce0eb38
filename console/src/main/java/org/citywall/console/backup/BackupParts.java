// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.backup.BackupMember;
import org.citywall.audit.log.LogSnapshot;
import org.citywall.collect.SpoolSnapshot;

/** Gathers the files of a data folder, in the order of the package documentation. */
final class BackupParts implements AutoCloseable {

  private static final String LOG = "log";
  private static final String STATE = "state";
  private static final String SPOOL = "spool";
  private static final String KEYS = "keys";
  private static final Set<String> LEFT_OUT =
      Set.of("index", "exposure", "run", "logs", "tls", "demo/database");
  private static final Set<String> OF_THEIR_OWN = Set.of(LOG, STATE, SPOOL, KEYS);

  private final Path root;
  private final List<BackupMember> members = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  BackupParts(Path root) {
    this.root = root;
  }

  List<BackupMember> members() {
    return members;
  }

  List<String> leftOut() {
    return leftOut;
  }

  void addSpool() {
    SpoolSnapshot spool = SpoolSnapshot.of(root.resolve(SPOOL), SPOOL + "/");
    open.push(spool);
    members.addAll(spool.members());
  }

  /** Everything that has no rule of its own. */
  void addOthers() throws IOException {
    addBelow(root, "");
  }

  private void addBelow(Path folder, String prefix) throws IOException {
    List<Path> entries;
    try (Stream<Path> found = Files.list(folder)) {
      entries = found.sorted().toList();
    }
    for (Path entry : entries) {
      String name = prefix + entry.getFileName();
      if (OF_THEIR_OWN.contains(name)) {
        continue;
      }
      if (LEFT_OUT.contains(name) || Files.isSymbolicLink(entry)) {
        leftOut.add(name);
      } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        addBelow(entry, name + "/");
      } else if (isKept(entry)) {
        members.add(BackupMember.of(name, entry, Files.size(entry)));
      }
    }
  }

  private static boolean isKept(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && !name.endsWith(".tmp")
        && !name.endsWith(".new");
  }

  void addKeys(boolean wanted) throws IOException {
    if (!wanted) {
      leftOut.add(KEYS);
    } else if (Files.isDirectory(root.resolve(KEYS))) {
      addBelow(root.resolve(KEYS), KEYS + "/");
    }
  }

  /** The state of a server that does not run; false where there is none. */
  boolean addState() throws IOException {
    Path folder = root.resolve(STATE);
    int before = members.size();
    if (Files.isDirectory(folder)) {
      addBelow(folder, STATE + "/");
    }
    members.removeIf(member -> member.name().matches("state/.*\\.(trace|lock)\\.db"));
    return members.size() > before;
  }

  /** The copy of its state that a running server made; the file goes once it is open. */
  void addState(Path zip) throws IOException {
    ZipFile file = new ZipFile(zip.toFile());
    open.push(file);
    for (ZipEntry entry : file.stream().map(ZipEntry.class::cast).toList()) {
      members.add(
          new BackupMember(
              STATE + "/" + entry.getName(), entry.getSize(), () -> file.getInputStream(entry)));
    }
    Files.deleteIfExists(zip);
  }

  void addLog(LogSnapshot log) {
    for (LogSnapshot.Part part : log.parts()) {
      members.add(BackupMember.of(part));
    }
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        throw new PlatformException(AuditErrorCode.BACKUP_FAILED, "a file cannot be closed", e);
      }
    }
  }
}
