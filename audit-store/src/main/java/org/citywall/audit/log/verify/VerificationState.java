// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * What a verification knows when it ends or is interrupted, so that another one can go on from
 * there: see {@link StateBytes} for its bytes. Whoever can write the file can make a verifier
 * believe anything of the entries before it. It belongs to the auditor, who keeps it where nobody
 * of the log's operators can write; no key protects it, because it would have to lie beside it.
 */
public final class VerificationState {

  private final Carried carried;

  VerificationState(Carried carried) {
    this.carried = carried;
  }

  /**
   * Reads a state; {@code AUD-0130} where the file is none or is damaged, {@code AUD-0015} where it
   * cannot be read.
   */
  public static VerificationState read(Path file) {
    try {
      return new VerificationState(StateBytes.read(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, file + " cannot be read", e);
    }
  }

  /**
   * Replaces the file as a whole: a crash leaves the state before or this one. Only its owner may
   * read it, because it names sources and, of holds and destructions, persons and reasons. {@code
   * AUD-0132} where it cannot be written.
   */
  public void write(Path file) {
    Path whole = file.toAbsolutePath();
    Path fresh = whole.resolveSibling(whole.getFileName() + ".tmp");
    try {
      Files.deleteIfExists(fresh);
      try (FileChannel out =
          FileChannel.open(
              fresh,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly(whole))) {
        ByteBuffer bytes = ByteBuffer.wrap(StateBytes.bytes(carried));
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        out.force(true);
      }
      Files.move(fresh, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.VERIFICATION_STATE_UNWRITABLE, file.toString(), e);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Whether the verification was concluded; else it was interrupted. */
  public boolean isFinished() {
    return carried.finished();
  }

  /** Whether the verification went on from an earlier one. */
  public boolean isIncremental() {
    return !carried.finished() && carried.basis() != null;
  }

  /** Entries that it covers. */
  public long entries() {
    return carried.walked().leaf();
  }

  Carried carried() {
    return carried;
  }
}
