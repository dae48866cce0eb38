// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

/** Messages of su, in the words of util-linux, of shadow and of the BSDs. */
final class SuMessage {

  private SuMessage() {}

  static void read(String message, Facts facts) {
    if (message.startsWith("Successful su for ")) {
      named(message.substring("Successful su for ".length()), facts);
      facts.succeeded("su");
    } else if (message.startsWith("FAILED su for ")) {
      named(message.substring("FAILED su for ".length()), facts);
      facts.failed("su");
    } else if (message.startsWith("FAILED SU (to ") || message.startsWith("(to ")) {
      bracketed(message, facts);
    } else if (message.startsWith("+ ") || message.startsWith("- ")) {
      terminal(message, facts);
    }
  }

  /** {@code TARGET by NAME}. */
  private static void named(String text, Facts facts) {
    int by = text.indexOf(" by ");
    if (by >= 0) {
      facts.effectiveUser(text.substring(0, by)).user(text.substring(by + " by ".length()));
    }
  }

  /** {@code [FAILED SU ](to TARGET) NAME on TTY}. */
  private static void bracketed(String message, Facts facts) {
    int close = message.indexOf(") ");
    int on = message.lastIndexOf(" on ");
    if (close > 0 && on > close) {
      int open = message.indexOf("(to ");
      facts
          .effectiveUser(message.substring(open + "(to ".length(), close))
          .user(message.substring(close + 2, on));
    }
    if (message.startsWith("FAILED")) {
      facts.failed("su");
    } else {
      facts.succeeded("su");
    }
  }

  /** {@code + TTY NAME:TARGET}, with a minus sign for a failure. */
  private static void terminal(String message, Facts facts) {
    int space = message.indexOf(' ', 2);
    int colon = message.lastIndexOf(':');
    if (space < 0 || colon < space) {
      return;
    }
    facts.user(message.substring(space + 1, colon)).effectiveUser(message.substring(colon + 1));
    if (message.charAt(0) == '+') {
      facts.succeeded("su");
    } else {
      facts.failed("su");
    }
  }
}
