// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Optional;
import org.citywall.audit.subject.SubjectTally;
import org.citywall.masking.identifier.SubjectIdentifier;

/**
 * Reads whom rows are about as they pass to the client, in pieces of any length: DataRow messages,
 * each of a type, a length, a number of fields, and for each field a length, -1 for null, and as
 * many bytes. Confined to the session's event loop.
 */
final class SubjectRows {

  /** Longest identifier that is looked at, in bytes. */
  private static final int LONGEST = 1024;

  private final BitSet places;
  private final SubjectTally tally;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private State state = State.TYPE;
  private int left = 1;
  private int number;
  private int fields;
  private int place;
  private boolean known;

  private enum State {
    TYPE,
    MESSAGE_LENGTH,
    FIELDS,
    LENGTH,
    VALUE
  }

  /**
   * @param places of the columns that identify a person
   * @param tally takes the persons
   */
  SubjectRows(BitSet places, SubjectTally tally) {
    this.places = places;
    this.tally = tally;
  }

  boolean isOf(BitSet others) {
    return places.equals(others);
  }

  /** Reads on; the bytes stay where they are. */
  void take(ByteBuf piece) {
    int at = piece.readerIndex();
    int end = piece.writerIndex();
    while (at < end) {
      int step = 1;
      if (state == State.VALUE) {
        step = Math.min(left, end - at);
        keep(piece, at, step);
      } else {
        number = number << Byte.SIZE | piece.getByte(at) & 0xFF;
      }
      at += step;
      left -= step;
      if (left == 0) {
        next();
      }
    }
  }

  private void keep(ByteBuf piece, int at, int length) {
    if (places.get(place) && text.size() <= LONGEST) {
      byte[] part = new byte[length];
      piece.getBytes(at, part);
      text.write(part, 0, length);
    }
  }

  private void next() {
    switch (state) {
      case TYPE -> go(State.MESSAGE_LENGTH, Integer.BYTES);
      case MESSAGE_LENGTH -> go(State.FIELDS, Short.BYTES);
      case FIELDS -> {
        fields = number;
        place = -1;
        known = false;
        nextField();
      }
      case LENGTH -> {
        if (number > 0) {
          go(State.VALUE, number);
        } else {
          nextField();
        }
      }
      case VALUE -> {
        if (places.get(place)) {
          person();
        }
        nextField();
      }
    }
  }

  private void person() {
    Optional<String> identifier =
        text.size() > LONGEST
            ? Optional.empty()
            : SubjectIdentifier.canonical(text.toString(StandardCharsets.UTF_8));
    identifier.ifPresent(tally::person);
    known |= identifier.isPresent();
    text.reset();
  }

  private void nextField() {
    place++;
    if (place < fields) {
      go(State.LENGTH, Integer.BYTES);
      return;
    }
    if (known) {
      tally.rows(1);
    }
    go(State.TYPE, 1);
  }

  private void go(State following, int bytes) {
    state = following;
    left = bytes;
    number = 0;
  }
}
