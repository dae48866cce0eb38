// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.citywall.audit.log.Checkpoint;
import org.jspecify.annotations.Nullable;

/**
 * The last moment that a verification verified, as it stood in the history of checkpoints. What the
 * log signed then can never be signed otherwise, so whoever goes on from it looks whether it is
 * still there.
 *
 * @param file where it stands, below the log's folder
 * @param position byte in that file
 * @param number moments up to and with this one
 * @param sizeBefore leaves that the moment before covers, 0 without one
 * @param sha256 the note over SHA-256
 * @param sm3 the note over SM3, or null where the moment has none
 */
record Mark(
    String file, long position, long number, long sizeBefore, String sha256, @Nullable String sm3) {

  static Mark of(Moment moment, long number, long sizeBefore) {
    Checkpoint sm3 = moment.sm3();
    return new Mark(
        moment.file(),
        moment.position(),
        number,
        sizeBefore,
        moment.sha256().note(),
        sm3 == null ? null : sm3.note());
  }

  /** Root over SHA-256 in hexadecimal. */
  String root() {
    return Checkpoint.parse(sha256).root().hex();
  }

  /** Whether the log still has this moment where it was. */
  boolean isIn(Path root) throws IOException {
    Moment found = new Moments(root, Moments.Damage.IGNORED, this).next();
    return found != null
        && found.file().equals(file)
        && found.position() == position
        && found.sha256().note().equals(sha256)
        && Objects.equals(found.sm3() == null ? null : found.sm3().note(), sm3);
  }
}
