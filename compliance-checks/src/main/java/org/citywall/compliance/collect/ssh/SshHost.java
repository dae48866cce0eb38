// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.citywall.compliance.collect.FileState;
import org.citywall.compliance.collect.Host;
import org.citywall.compliance.collect.Uncollectable;
import org.jspecify.annotations.Nullable;

/**
 * A running host over SSH. The connection is made at the first question and kept until the host is
 * released. What the account may not read is an error of the checks that need it.
 */
public final class SshHost implements Host {

  private static final int PERMISSIONS = 07777;
  private static final int MOST_NAMES = 20_000;
  private static final int CHUNK = 32 * 1024;

  private final SshLogin login;
  private final Clock clock;
  private @Nullable SshConnection connection;

  public SshHost(SshLogin login, Clock clock) {
    this.login = login;
    this.clock = clock;
  }

  /** Asks the host something. */
  @FunctionalInterface
  private interface Question<T> {
    T ask(SshConnection connection) throws IOException;
  }

  private synchronized SshConnection connection() throws IOException {
    SshConnection open = connection;
    if (open == null || !open.isOpen()) {
      release();
      open = SshConnection.open(login);
      connection = open;
    }
    return open;
  }

  private <T> Optional<T> ask(String path, Question<T> question) throws Uncollectable {
    try {
      return Optional.of(question.ask(connection()));
    } catch (SftpException e) {
      if (e.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE) {
        return Optional.empty();
      }
      throw new Uncollectable(path + " cannot be read: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new Uncollectable(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<FileState> stat(String path) throws Uncollectable {
    return ask(path, open -> state(open.files().stat(path)));
  }

  private static FileState state(SftpClient.Attributes found) {
    FileState.Type type =
        found.isRegularFile()
            ? FileState.Type.FILE
            : found.isDirectory() ? FileState.Type.FOLDER : FileState.Type.OTHER;
    return new FileState(
        type,
        found.getPermissions() & PERMISSIONS,
        found.getUserId(),
        found.getGroupId(),
        found.getSize());
  }

  @Override
  public Optional<String> read(String path) throws Uncollectable {
    Optional<FileState> state = stat(path);
    if (state.isEmpty()) {
      return printed(path);
    }
    if (state.get().type() != FileState.Type.FILE) {
      throw new Uncollectable(path + " is no regular file");
    }
    return ask(path, open -> text(open.files(), path));
  }

  /** By its end and not by its size, which files of {@code /proc} do not tell. */
  private static String text(SftpClient files, String path) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    try (SftpClient.CloseableHandle handle = files.open(path, SftpClient.OpenMode.Read)) {
      for (int read = files.read(handle, 0, chunk);
          read > 0;
          read = files.read(handle, bytes.size(), chunk)) {
        bytes.write(chunk, 0, read);
        if (bytes.size() > MOST_BYTES) {
          throw new IOException("it is larger than " + MOST_BYTES + " bytes");
        }
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private Optional<String> printed(String path) throws Uncollectable {
    for (SshCommand command : SshCommand.values()) {
      if (command.path().equals(path)) {
        return ask(path, open -> new String(open.run(command, MOST_BYTES), StandardCharsets.UTF_8));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> list(String path) throws Uncollectable {
    Optional<FileState> state = stat(path);
    if (state.isEmpty() || state.get().type() != FileState.Type.FOLDER) {
      return List.of();
    }
    return ask(path, open -> names(open.files(), path)).orElse(List.of());
  }

  private static List<String> names(SftpClient files, String path) throws IOException {
    List<String> names = new ArrayList<>();
    try (SftpClient.CloseableHandle handle = files.openDir(path)) {
      for (List<SftpClient.DirEntry> some = files.readDir(handle);
          some != null;
          some = files.readDir(handle)) {
        some.stream()
            .map(SftpClient.DirEntry::getFilename)
            .filter(name -> !name.equals(".") && !name.equals(".."))
            .forEach(names::add);
        if (names.size() > MOST_NAMES) {
          throw new IOException("it has more than " + MOST_NAMES + " entries");
        }
      }
    }
    return names.stream().sorted().toList();
  }

  @Override
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  @Override
  public boolean live() {
    return true;
  }

  @Override
  public synchronized void release() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
