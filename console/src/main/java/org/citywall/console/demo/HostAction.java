// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.util.List;

/** What lines of host logs say, in the ECS terms of the collectors' parser. */
enum HostAction {
  ACCEPTED("sshd", "authentication", "authentication_success,info", "ssh_login", "success"),
  FAILED("sshd", "authentication", "authentication_failure,info", "ssh_login", "failure"),
  SESSION_OPENED("sshd", "session", "start", "session_opened", "success"),
  SESSION_CLOSED("sshd", "session", "end", "session_closed", "success"),
  SUDO("sudo", "process", "start", "sudo_command", "success"),
  CRON("CRON", "session", "start", "session_opened", "success");

  private final String program;
  private final List<String> category;
  private final List<String> type;
  private final String action;
  private final String outcome;

  HostAction(String program, String category, String type, String action, String outcome) {
    this.program = program;
    this.category = List.of(category.split(","));
    this.type = List.of(type.split(","));
    this.action = action;
    this.outcome = outcome;
  }

  String program() {
    return program;
  }

  List<String> category() {
    return category;
  }

  List<String> type() {
    return type;
  }

  String action() {
    return action;
  }

  String outcome() {
    return outcome;
  }
}
