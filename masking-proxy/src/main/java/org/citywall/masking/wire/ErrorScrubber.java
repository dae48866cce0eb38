// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes out of the database's errors and notices what may quote a value of a table (fields:
 * PostgreSQL 18, section 54.8). Names of relations, columns and constraints stay.
 */
final class ErrorScrubber {

  /** Classes of SQLSTATE (appendix A) whose messages quote values: data exceptions and PL/pgSQL. */
  private static final String QUOTING = "22 P0 2F 38 39 XX HV";

  /** A message that a function of the database made up, whatever its state. */
  private static final String RAISED = "exec_stmt_raise";

  private static final String WITHHELD =
      "a value could not be processed; the masking proxy withholds the database's message";
  private static final String KEPT = "SVCMdtcsnFLRP";

  private ErrorScrubber() {}

  /** The state of an error. */
  static String state(ByteBuf body) {
    return fields(body.duplicate()).getOrDefault('C', "");
  }

  /** Whether the session ends with it. */
  static boolean isFatal(ByteBuf body) {
    String severity = fields(body.duplicate()).getOrDefault('V', "");
    return severity.equals("FATAL") || severity.equals("PANIC");
  }

  /**
   * The message without values.
   *
   * @param rewritten whether the statement that ran was not the client's, so that positions mean
   *     nothing to it
   */
  static ByteBuf scrubbed(Messages messages, BackendMessage.Whole message, boolean rewritten) {
    Map<Character, String> fields = fields(message.body());
    String state = fields.getOrDefault('C', "XX000");
    boolean quotes =
        QUOTING.contains(state.length() < 2 ? "XX" : state.substring(0, 2))
            || RAISED.equals(fields.get('R'));
    return messages.message(
        message.type(),
        out -> {
          fields.forEach(
              (letter, value) -> {
                boolean kept = KEPT.indexOf(letter) >= 0 && !(letter == 'P' && rewritten);
                if (kept) {
                  Messages.field(out, letter, letter == 'M' && quotes ? WITHHELD : value);
                }
              });
          out.writeByte(0);
        });
  }

  private static Map<Character, String> fields(ByteBuf body) {
    Map<Character, String> fields = new LinkedHashMap<>();
    while (body.isReadable()) {
      byte letter = body.readByte();
      if (letter == 0) {
        break;
      }
      fields.put((char) letter, Messages.text(body));
    }
    return fields;
  }
}
