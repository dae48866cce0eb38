// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;

/** What the database sends; whoever takes it releases its bytes. */
sealed interface BackendMessage {

  byte AUTHENTICATION = 'R';
  byte BACKEND_KEY = 'K';
  byte BIND_COMPLETE = '2';
  byte CLOSE_COMPLETE = '3';
  byte COMMAND_COMPLETE = 'C';
  byte COPY_BOTH = 'W';
  byte COPY_DATA = 'd';
  byte COPY_DONE = 'c';
  byte COPY_IN = 'G';
  byte COPY_OUT = 'H';
  byte DATA_ROW = 'D';
  byte EMPTY_QUERY = 'I';
  byte ERROR = 'E';
  byte NEGOTIATE_VERSION = 'v';
  byte NO_DATA = 'n';
  byte NOTICE = 'N';
  byte NOTIFICATION = 'A';
  byte PARAMETER_DESCRIPTION = 't';
  byte PARAMETER_STATUS = 'S';
  byte PARSE_COMPLETE = '1';
  byte PORTAL_SUSPENDED = 's';
  byte READY = 'Z';
  byte ROW_DESCRIPTION = 'T';

  ByteBuf bytes();

  /**
   * A message but those that carry rows.
   *
   * @param bytes all of it, with type and length
   */
  record Whole(byte type, ByteBuf bytes) implements BackendMessage {

    /** What stands behind type and length; a view. */
    ByteBuf body() {
      return bytes.slice(bytes.readerIndex() + 5, bytes.readableBytes() - 5);
    }
  }

  /**
   * A piece of a run of messages that carry rows, cut anywhere.
   *
   * @param rows messages that begin in it
   * @param whole whether no message goes on behind it
   */
  record Rows(ByteBuf bytes, int rows, boolean whole) implements BackendMessage {}
}
