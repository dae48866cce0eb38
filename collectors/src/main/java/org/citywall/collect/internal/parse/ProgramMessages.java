// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import org.citywall.audit.event.Event;
import org.jspecify.annotations.Nullable;

/** Finds the reader for a program's messages. */
final class ProgramMessages {

  private static final String REPEATED = "message repeated ";
  private static final String REPEATED_OPEN = " times: [ ";

  private ProgramMessages() {}

  /** Whether this program writes about authentication, whatever facility it uses. */
  static boolean knows(@Nullable String program) {
    return program != null && reader(program) != Reader.NONE;
  }

  private enum Reader {
    SSHD,
    SUDO,
    SU,
    CRON,
    ACCOUNTS,
    PAM_ONLY,
    NONE
  }

  private static Reader reader(String program) {
    return switch (program) {
      case "sshd", "sshd-session", "sshd-auth" -> Reader.SSHD;
      case "sudo" -> Reader.SUDO;
      case "su", "su-l" -> Reader.SU;
      case "CRON", "cron", "crond" -> Reader.CRON;
      case "pam", "passwd", "login", "systemd-logind", "polkitd", "gdm-password", "runuser" ->
          Reader.PAM_ONLY;
      default -> AccountMessage.keepsAccounts(program) ? Reader.ACCOUNTS : Reader.NONE;
    };
  }

  static void read(Envelope envelope, Event.Builder event) {
    String program = envelope.program == null ? "" : envelope.program;
    String message = envelope.message;
    Reader reader = reader(program);
    boolean pam = message.startsWith("pam_") || message.startsWith("PAM ");
    if (reader == Reader.NONE && !pam) {
      return;
    }
    Facts facts = new Facts(event);
    if (message.startsWith(REPEATED)) {
      message = unfold(message, facts);
      pam = message.startsWith("pam_") || message.startsWith("PAM ");
    }
    if (pam) {
      PamMessage.read(message, facts);
    } else {
      readOwn(reader, program, message, facts);
    }
    if (!facts.hasUser()) {
      PamMessage.accounts(message, facts);
    }
    facts.finish();
  }

  private static void readOwn(Reader reader, String program, String message, Facts facts) {
    switch (reader) {
      case SSHD -> SshdMessage.read(message, facts);
      case SUDO -> SudoMessage.read(message, facts);
      case SU -> SuMessage.read(message, facts);
      case CRON -> CronMessage.read(message, facts);
      case ACCOUNTS -> AccountMessage.read(program, message, facts);
      case PAM_ONLY, NONE -> {
        // Only what PAM modules write under their name is read.
      }
    }
  }

  /** {@code message repeated N times: [ MESSAGE]}, as rsyslog folds equal messages. */
  private static String unfold(String message, Facts facts) {
    int open = message.indexOf(REPEATED_OPEN);
    if (open < 0 || !message.endsWith("]")) {
      return message;
    }
    facts.label("repeated", message.substring(REPEATED.length(), open));
    return message.substring(open + REPEATED_OPEN.length(), message.length() - 1);
  }
}
