// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import org.citywall.collect.CollectErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a listener cut out of its stream: a whole record, or one that could not be received whole.
 *
 * @param bytes the record without framing, or a piece of it
 * @param fault why it is not whole, null when it is
 * @param reason one English phrase that explains the fault
 */
public record Frame(byte[] bytes, @Nullable CollectErrorCode fault, @Nullable String reason) {

  public static Frame whole(byte[] bytes) {
    return new Frame(bytes, null, null);
  }

  /** A piece of a record that is longer than the limit; together the pieces are the record. */
  public static Frame piece(byte[] bytes, int number) {
    return new Frame(
        bytes,
        CollectErrorCode.RECORD_TOO_LONG,
        "piece " + number + " of a record that is longer than the limit");
  }

  /** What had arrived of a record when its connection ended or stalled. */
  public static Frame incomplete(byte[] bytes) {
    return new Frame(
        bytes, CollectErrorCode.RECORD_INCOMPLETE, "the stream ended or stalled inside a record");
  }
}
