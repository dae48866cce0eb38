// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of OpenSSH's daemon. An account name is the peer's own text and may imitate the rest of
 * the line: addresses are therefore taken from the end of a message, where the daemon writes them.
 */
final class SshdMessage {

  private static final String LOGIN = "ssh_login";
  private static final String DISCONNECT = "ssh_disconnect";
  private static final String PREAUTH = " [preauth]";
  private static final String INVALID_USER = "invalid user ";
  private static final List<String> CLOSINGS =
      List.of(
          "Connection closed by ", "Connection reset by ", "Disconnected from ", "Disconnecting ");

  private SshdMessage() {}

  static void read(String message, Facts facts) {
    String text = Words.without(message, PREAUTH);
    boolean preauth = text.length() < message.length();
    if (text.startsWith("error: ")) {
      text = text.substring("error: ".length());
    }
    if (text.startsWith("Failed ")
        || text.startsWith("Accepted ")
        || text.startsWith("Postponed ")) {
      attempt(text, facts);
    } else if (text.startsWith("Invalid user ")) {
      invalidUser(text, facts);
    } else if (text.startsWith("maximum authentication attempts exceeded for ")) {
      String rest = text.substring("maximum authentication attempts exceeded for ".length());
      userFromAddress(rest, facts);
      facts.failed("ssh_max_attempts").reason("maximum authentication attempts exceeded");
    } else if (text.startsWith("PAM: ")) {
      pam(text, facts);
    } else if (text.startsWith("User ") && text.contains(" not allowed because ")) {
      refused(text, facts);
    } else if (text.startsWith("Received disconnect from ")) {
      String peer = text.substring("Received disconnect from ".length());
      address(peer, facts);
      facts.kind(Facts.NETWORK, Facts.END, DISCONNECT);
    } else if (text.startsWith("Did not receive identification string from ")) {
      address(text.substring("Did not receive identification string from ".length()), facts);
      facts.kind(Facts.NETWORK, Facts.INFO, "ssh_no_identification");
    } else if (text.startsWith("fatal: Timeout before authentication for ")) {
      address(text.substring("fatal: Timeout before authentication for ".length()), facts);
      facts.failed("ssh_timeout").reason("timeout before authentication");
    } else {
      closing(text, preauth, facts);
    }
  }

  /** {@code Failed password for [invalid user] NAME from ADDRESS port N ssh2[: KEY]}. */
  private static void attempt(String text, Facts facts) {
    int verb = text.indexOf(' ');
    int method = text.indexOf(" for ", verb);
    if (method < 0) {
      return;
    }
    String rest = text.substring(method + " for ".length());
    if (!userFromAddress(rest, facts)) {
      return;
    }
    String event = text.substring(0, verb);
    facts
        .label("system.auth.ssh.event", event)
        .label("system.auth.ssh.method", text.substring(verb + 1, method));
    int key = rest.lastIndexOf(" ssh2: ");
    if (key >= 0) {
      facts.label("system.auth.ssh.signature", rest.substring(key + " ssh2: ".length()));
    }
    switch (event) {
      case "Failed" -> facts.failed(LOGIN);
      case "Accepted" -> facts.succeeded(LOGIN);
      default -> {
        // A postponed attempt is neither: a later message tells.
      }
    }
  }

  private static boolean userFromAddress(String rest, Facts facts) {
    int from = rest.lastIndexOf(" from ");
    if (from < 0) {
      return false;
    }
    facts.user(name(rest.substring(0, from)));
    address(rest.substring(from + " from ".length()), facts);
    return true;
  }

  private static void invalidUser(String text, Facts facts) {
    int from = text.lastIndexOf(" from ");
    if (from < 0) {
      return;
    }
    int start = "Invalid user ".length();
    facts.user(from <= start ? null : text.substring(start, from));
    address(text.substring(from + " from ".length()), facts);
    facts.label("system.auth.ssh.event", "Invalid").failed(LOGIN).reason("invalid user");
  }

  /** {@code PAM: Authentication failure for [illegal user] NAME from ADDRESS}. */
  private static void pam(String text, Facts facts) {
    int name = text.indexOf(" for ");
    if (name >= 0 && userFromAddress(text.substring(name + " for ".length()), facts)) {
      facts.failed(LOGIN).reason(text.substring("PAM: ".length(), name));
    }
  }

  private static void refused(String text, Facts facts) {
    int because = text.lastIndexOf(" not allowed because ");
    if (userFromAddress(text.substring("User ".length(), because), facts)) {
      facts.failed("ssh_user_not_allowed").reason(text.substring(because + 1));
    }
  }

  /** A connection that ends: before log-in that is an attempt which did not succeed. */
  private static void closing(String text, boolean preauth, Facts facts) {
    for (String start : CLOSINGS) {
      if (text.startsWith(start)) {
        closing(text.substring(start.length()), start, preauth, facts);
        return;
      }
    }
    if (text.startsWith("Disconnecting: Too many authentication failures")) {
      String user = Words.wordAfter(text, "failures for ");
      facts.user(user).failed("ssh_max_attempts").reason("too many authentication failures");
    }
  }

  private static void closing(String rest, String start, boolean preauth, Facts facts) {
    boolean authenticating = rest.startsWith("authenticating user ");
    boolean invalid = rest.startsWith(INVALID_USER);
    boolean named = authenticating || invalid || rest.startsWith("user ");
    int explanation = start.startsWith("Disconnecting") ? rest.lastIndexOf(": ") : -1;
    String peer = explanation < 0 ? rest : rest.substring(0, explanation);
    int port = peer.lastIndexOf(" port ");
    if (named) {
      int end = port < 0 ? peer.length() : port;
      int address = peer.lastIndexOf(' ', end - 1);
      int name = peer.indexOf("user ") + "user ".length();
      if (address < name) {
        return;
      }
      facts.user(peer.substring(name, address));
      address(peer.substring(address + 1), facts);
    } else {
      address(peer, facts);
    }
    if (authenticating || invalid || named && preauth) {
      facts.failed(explanation < 0 ? DISCONNECT : "ssh_max_attempts");
      facts.reason(
          explanation < 0
              ? "connection ended before authentication"
              : rest.substring(explanation + 2));
    } else {
      facts.kind(named ? Facts.SESSION : Facts.NETWORK, Facts.END, DISCONNECT);
    }
  }

  /** {@code ADDRESS[ port N...]}, perhaps with a colon behind it. */
  private static void address(String text, Facts facts) {
    String address = Words.word(text, 0);
    facts.source(Words.without(address, ":"));
    int port = text.indexOf(" port ");
    if (port >= 0) {
      facts.port(leadingDigits(text, port + " port ".length()));
    }
  }

  private static String leadingDigits(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return text.substring(start, end);
  }

  private static @Nullable String name(String text) {
    if (text.startsWith(INVALID_USER)) {
      return text.substring(INVALID_USER.length());
    }
    return text.startsWith("illegal user ") ? text.substring("illegal user ".length()) : text;
  }
}
