// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.audit.backup.BackupMember;
import org.citywall.collect.internal.spool.SpoolCopy;

/**
 * The spool at one moment, held open for a backup while a collector uses it. Take it before the
 * log's snapshot: what was acknowledged before is then in one of the two, and what is in both is
 * appended once.
 */
public final class SpoolSnapshot implements AutoCloseable {

  private final SpoolCopy copy;
  private final List<BackupMember> members = new ArrayList<>();

  private SpoolSnapshot(SpoolCopy copy, String prefix) throws IOException {
    this.copy = copy;
    copy.small().forEach((name, content) -> members.add(BackupMember.of(prefix + name, content)));
    for (Map.Entry<String, FileChannel> segment : copy.segments().entrySet()) {
      members.add(BackupMember.of(prefix + segment.getKey(), segment.getValue()));
    }
  }

  /**
   * Opens the spool of this folder, empty where there is none; {@code COL-0013} where it cannot be
   * read.
   *
   * @param prefix of the names in the backup, for example {@code spool/}
   */
  public static SpoolSnapshot of(Path folder, String prefix) {
    try {
      return new SpoolSnapshot(SpoolCopy.of(folder), prefix);
    } catch (IOException e) {
      throw new PlatformException(
          CollectErrorCode.SPOOL_READ_FAILED, "the spool cannot be copied", e);
    }
  }

  /** Its files, which can be read until this is closed. */
  public List<BackupMember> members() {
    return List.copyOf(members);
  }

  @Override
  public void close() {
    try {
      copy.close();
    } catch (IOException e) {
      throw new PlatformException(CollectErrorCode.SPOOL_READ_FAILED, "copy of the spool", e);
    }
  }
}
