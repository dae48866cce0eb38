// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.TreeHash;
import org.jspecify.annotations.Nullable;

/**
 * What the log signed at one moment, as the history of checkpoints holds it. Nobody has checked the
 * signatures yet.
 *
 * @param file where it stands, below the log's folder
 * @param position byte in that file
 * @param sha256 the checkpoint of the tree over SHA-256
 * @param sm3 that of the tree over SM3, or null where the moment has none
 */
record Moment(String file, long position, Checkpoint sha256, @Nullable Checkpoint sm3) {

  /** The checkpoint of this tree, or null. */
  @Nullable Checkpoint of(TreeHash tree) {
    return switch (tree) {
      case SHA_256 -> sha256;
      case SM3 -> sm3;
    };
  }

  long size() {
    return sha256.size();
  }

  /** Reads the content of a frame; null where it is not what the format says. */
  static @Nullable Moment parse(String file, long position, ByteBuffer content) {
    try {
      List<Checkpoint> checkpoints = new ArrayList<>();
      if (content.get(0) != 0) {
        checkpoints.add(checkpoint(content, content.remaining()));
      } else {
        content.position(1);
        for (int left = content.get(); left > 0; left--) {
          checkpoints.add(checkpoint(content, content.getInt()));
        }
      }
      if (content.hasRemaining() || checkpoints.isEmpty() || checkpoints.size() > 2) {
        return null;
      }
      Checkpoint sm3 = checkpoints.size() == 2 ? checkpoints.getLast() : null;
      return new Moment(file, position, checkpoints.getFirst(), sm3);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | PlatformException e) {
      return null;
    }
  }

  private static Checkpoint checkpoint(ByteBuffer content, int length) {
    ByteBuffer note = content.slice(content.position(), length);
    content.position(content.position() + length);
    return Checkpoint.parse(StandardCharsets.UTF_8.decode(note).toString());
  }
}
