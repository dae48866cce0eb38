// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import org.jspecify.annotations.Nullable;

/** Messages of PAM modules, {@code pam_unix(sshd:session): ...}, under whatever program. */
final class PamMessage {

  private static final String AUTHENTICATION = "pam_authentication";

  private PamMessage() {}

  static void read(String message, Facts facts) {
    if (message.startsWith("PAM ") && message.contains(" more authentication failure")) {
      facts.label("repeated", Words.word(message, "PAM ".length()));
      failure(message, facts);
      return;
    }
    int colon = message.startsWith("pam_") ? message.indexOf("): ") : -1;
    if (colon < 0) {
      return;
    }
    String text = message.substring(colon + "): ".length());
    if (text.startsWith("session opened for user ")) {
      facts.kind(Facts.SESSION, Facts.START, "session_opened").outcome("success");
    } else if (text.startsWith("session closed for user ")) {
      facts.kind(Facts.SESSION, Facts.END, "session_closed").outcome("success");
    } else if (text.startsWith("authentication failure;")) {
      failure(text, facts);
    } else if (text.startsWith("check pass; user unknown")) {
      facts.failed(AUTHENTICATION).reason("user unknown");
    } else if (text.startsWith("password changed for ")) {
      facts
          .targetUser(text.substring("password changed for ".length()))
          .kind(Facts.IAM, AccountMessage.USER_CHANGE, "password_changed")
          .outcome("success");
    } else if (text.startsWith("Consecutive login failures for user ")) {
      facts
          .user(Words.wordAfter(text, "for user "))
          .failed("account_locked")
          .reason("consecutive login failures");
    } else if (text.startsWith("requirement ")) {
      facts.user(quotedAfter(text, " by user "));
    }
  }

  /** {@code ...; logname= uid=0 euid=0 tty=ssh ruser= rhost=ADDRESS user=NAME}. */
  private static void failure(String text, Facts facts) {
    facts.failed(AUTHENTICATION).reason("authentication failure");
    int fields = text.indexOf(';');
    String rest = text.substring(fields + 1);
    facts.source(Words.wordAfter(rest, " rhost="));
    int user = rest.lastIndexOf(" user=");
    if (user >= 0) {
      facts.user(rest.substring(user + " user=".length()).strip());
    }
  }

  /**
   * Accounts at the end of a message, as every program behind PAM writes them: {@code for user A by
   * B(uid=N)}, {@code for user A}, {@code by user B}. A is the account used, B the one that asked.
   */
  static void accounts(String message, Facts facts) {
    int forUser = message.lastIndexOf("for user ");
    if (forUser >= 0) {
      String rest = message.substring(forUser + "for user ".length());
      int by = rest.indexOf(" by ");
      String account = bare(by < 0 ? rest : rest.substring(0, by));
      String actor = by < 0 ? "" : rest.substring(by + " by ".length());
      if (account.indexOf(' ') >= 0) {
        return;
      }
      String asking = bare(actor);
      if (!asking.isEmpty()) {
        facts.user(asking).userId(idIn(actor)).effectiveUser(account);
      } else if (account.equals("root")) {
        facts.user(account).userId("0");
      } else {
        facts.user(account).userId(idIn(by < 0 ? rest : rest.substring(0, by)));
      }
      return;
    }
    int byUser = message.lastIndexOf("by user ");
    if (byUser >= 0) {
      String name = message.substring(byUser + "by user ".length());
      facts.user(name.indexOf(' ') < 0 ? Words.unquoted(name) : null);
    }
  }

  private static String bare(String account) {
    int id = account.indexOf("(uid=");
    return Words.unquoted(id < 0 ? account : account.substring(0, id));
  }

  private static @Nullable String idIn(String actor) {
    return Words.between(actor, "(uid=", ")");
  }

  private static @Nullable String quotedAfter(String text, String before) {
    int start = text.lastIndexOf(before);
    return start < 0 ? null : Words.unquoted(text.substring(start + before.length()));
  }
}
