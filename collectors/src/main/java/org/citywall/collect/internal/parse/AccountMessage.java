// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Messages of the programs that keep accounts and groups (shadow): useradd, usermod, ... */
final class AccountMessage {

  static final List<String> USER_CHANGE = List.of("user", "change");

  private AccountMessage() {}

  static boolean keepsAccounts(String program) {
    return type(program) != null;
  }

  private static @Nullable List<String> type(String program) {
    return switch (program) {
      case "useradd" -> List.of("user", "creation");
      case "userdel" -> List.of("user", "deletion");
      case "usermod", "chage", "chfn", "chsh" -> USER_CHANGE;
      case "groupadd" -> List.of("group", "creation");
      case "groupdel" -> List.of("group", "deletion");
      case "groupmod", "gpasswd" -> List.of("group", "change");
      default -> null;
    };
  }

  static void read(String program, String message, Facts facts) {
    List<String> type = type(program);
    if (type == null) {
      return;
    }
    facts.kind(Facts.IAM, type, program.startsWith("ch") ? "usermod" : program);
    facts.outcome(message.startsWith("failed ") ? "failure" : "success");
    if (message.startsWith("new user: ")) {
      newUser(message, facts);
    } else if (message.startsWith("new group: ") || message.startsWith("group added to ")) {
      facts.group(Words.between(message + ",", "name=", ","));
      facts.label("group.id", Words.between(message + ",", "GID=", ","));
    } else {
      change(program, message, facts);
    }
  }

  private static void newUser(String message, Facts facts) {
    String text = message + ",";
    String name = Words.between(text, "name=", ",");
    facts
        .user(name)
        .targetUser(name)
        .userId(Words.between(text, "UID=", ","))
        .label("group.id", Words.between(text, "GID=", ","))
        .label("system.auth.useradd.home", Words.between(text, "home=", ","))
        .label("system.auth.useradd.shell", Words.between(text, "shell=", ","));
  }

  /** {@code add 'NAME' to group 'GROUP'}, {@code change user 'NAME' ...}, {@code ... for NAME}. */
  private static void change(String program, String message, Facts facts) {
    String quoted = Words.between(message, "'", "'");
    if (program.startsWith("group")) {
      facts.group(quoted);
    } else if (quoted != null) {
      facts.targetUser(quoted);
      facts.group(Words.between(message, "group '", "'"));
    } else {
      facts.targetUser(Words.wordAfter(message, " for "));
    }
  }
}
