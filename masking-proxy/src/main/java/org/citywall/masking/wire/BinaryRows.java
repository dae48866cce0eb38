// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Rows of COPY in binary form: a signature of 11 bytes, flags, a header of a length; then rows of a
 * number of fields, each of a length and as many bytes (PostgreSQL 18, COPY, binary format).
 */
final class BinaryRows implements CopiedRows {

  private static final int SIGNATURE_AND_FLAGS = 15;

  private final CopiedFields fields;
  private State state = State.SIGNATURE;
  private int left = SIGNATURE_AND_FLAGS;
  private int number;
  private int fieldsLeft;

  private enum State {
    SIGNATURE,
    HEADER_LENGTH,
    HEADER,
    FIELDS,
    LENGTH,
    VALUE,
    TRAILER
  }

  BinaryRows(CopiedFields fields) {
    this.fields = fields;
  }

  @Override
  public void take(ByteBuf data) {
    while (data.isReadable() && state != State.TRAILER) {
      byte one = data.readByte();
      number = number << 8 | one & 0xFF;
      left--;
      if (state == State.VALUE) {
        fields.add(one);
      }
      if (left == 0) {
        next(number);
      }
    }
  }

  private void next(int read) {
    switch (state) {
      case SIGNATURE -> go(State.HEADER_LENGTH, Integer.BYTES);
      case HEADER_LENGTH -> {
        if (read > 0) {
          go(State.HEADER, read);
        } else {
          go(State.FIELDS, Short.BYTES);
        }
      }
      case HEADER -> go(State.FIELDS, Short.BYTES);
      case FIELDS -> {
        fieldsLeft = (short) read;
        if (fieldsLeft < 0) {
          state = State.TRAILER;
        } else {
          nextField();
        }
      }
      case LENGTH -> {
        if (read > 0) {
          go(State.VALUE, read);
        } else {
          endField();
        }
      }
      case VALUE -> endField();
      case TRAILER -> {
        // nothing follows
      }
    }
  }

  private void endField() {
    fields.endField(null);
    fieldsLeft--;
    nextField();
  }

  private void nextField() {
    if (fieldsLeft > 0) {
      go(State.LENGTH, Integer.BYTES);
    } else {
      fields.endRow();
      go(State.FIELDS, Short.BYTES);
    }
  }

  private void go(State next, int bytes) {
    state = next;
    left = bytes;
    number = 0;
  }

  @Override
  public void end() {
    // a field without its end is none
  }

  @Override
  public Optional<String> masked() {
    return fields.masked();
  }
}
