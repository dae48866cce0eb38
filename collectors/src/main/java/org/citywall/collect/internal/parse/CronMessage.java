// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

/** Messages of cron: {@code (NAME) CMD (COMMAND)}. */
final class CronMessage {

  private CronMessage() {}

  static void read(String message, Facts facts) {
    int close = message.indexOf(") CMD (");
    if (message.startsWith("(") && close > 0 && message.endsWith(")")) {
      facts
          .user(message.substring(1, close))
          .command(message.substring(close + ") CMD (".length(), message.length() - 1).strip())
          .kind(Facts.PROCESS, Facts.START, "cron_command");
    }
  }
}
