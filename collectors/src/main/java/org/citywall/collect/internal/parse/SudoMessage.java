// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import org.jspecify.annotations.Nullable;

/** Messages of sudo: {@code NAME : [PROBLEM ;] TTY=T ; PWD=P ; USER=U ; COMMAND=C}. */
final class SudoMessage {

  private static final String LABEL = "system.auth.sudo.";

  private SudoMessage() {}

  static void read(String message, Facts facts) {
    int colon = message.indexOf(" : ");
    int command = message.indexOf("COMMAND=", colon + 1);
    if (colon < 0 || command < 0) {
      return;
    }
    String fields = message.substring(colon + " : ".length(), command);
    String target = field(fields, "USER=");
    String directory = field(fields, "PWD=");
    String commandLine = message.substring(command + "COMMAND=".length());
    facts
        .user(message.substring(0, colon).strip())
        .effectiveUser(target)
        .command(commandLine)
        .workingDirectory(directory)
        .label(LABEL + "command", commandLine)
        .label(LABEL + "pwd", directory)
        .label(LABEL + "tty", field(fields, "TTY="))
        .label(LABEL + "user", target)
        .kind(Facts.PROCESS, Facts.START, "sudo_command");
    int tty = fields.indexOf("TTY=");
    if (tty > 3) {
      String problem = fields.substring(0, tty - 3);
      facts.label(LABEL + "error", problem).reason(problem).outcome("failure");
    } else {
      facts.outcome("success");
    }
  }

  private static @Nullable String field(String fields, String name) {
    return Words.between(fields, name, " ;");
  }
}
