// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of the server.
 *
 * @param body what stands behind type and length
 */
record Message(char type, byte[] body) {

  /** The number of four bytes at this place. */
  int number(int at) {
    return ByteBuffer.wrap(body).getInt(at);
  }

  /** The columns of a DataRow, as texts. */
  List<@Nullable String> columns() {
    ByteBuffer in = ByteBuffer.wrap(body);
    int count = in.getShort();
    List<@Nullable String> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      if (length < 0) {
        columns.add(null);
      } else {
        byte[] column = new byte[length];
        in.get(column);
        columns.add(new String(column, UTF_8));
      }
    }
    return columns;
  }

  /** A field of an error or notice; empty where it has none. */
  String field(char letter) {
    for (String field : new String(body, UTF_8).split("\0", -1)) {
      if (!field.isEmpty() && field.charAt(0) == letter) {
        return field.substring(1);
      }
    }
    return "";
  }

  /** The bodies of all these messages, as one text. */
  static String text(List<Message> messages) {
    StringBuilder text = new StringBuilder();
    messages.forEach(one -> text.append(new String(one.body(), UTF_8)).append('\n'));
    return text.toString();
  }

  /** The types of these messages, one letter each, but of those that may come at any time. */
  static String types(List<Message> messages) {
    StringBuilder types = new StringBuilder();
    messages.stream()
        .filter(one -> "NSA".indexOf(one.type()) < 0)
        .forEach(one -> types.append(one.type()));
    return types.toString();
  }

  static List<Message> ofType(char type, List<Message> messages) {
    return messages.stream().filter(one -> one.type() == type).toList();
  }

  @Override
  public String toString() {
    return type + " " + new String(body, UTF_8).replace('\0', '|');
  }
}
