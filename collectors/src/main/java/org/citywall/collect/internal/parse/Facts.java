// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.util.List;
import java.util.TreeSet;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;

/** What a message says, collected into the event; users and addresses also into related fields. */
final class Facts {

  static final List<String> AUTHENTICATION = List.of("authentication");
  static final List<String> SESSION = List.of("session");
  static final List<String> PROCESS = List.of("process");
  static final List<String> NETWORK = List.of("network");
  static final List<String> IAM = List.of("iam");
  static final List<String> INFO = List.of("info");
  static final List<String> START = List.of("start");
  static final List<String> END = List.of("end");

  private static final List<String> FAILED = List.of("authentication_failure", "info");
  private static final List<String> SUCCEEDED = List.of("authentication_success", "info");

  private final Event.Builder event;
  private final TreeSet<String> users = new TreeSet<>();
  private @Nullable String address;

  Facts(Event.Builder event) {
    this.event = event;
  }

  Facts kind(List<String> category, List<String> type, String action) {
    event
        .put(Field.EVENT_CATEGORY, category)
        .put(Field.EVENT_TYPE, type)
        .put(Field.EVENT_ACTION, action);
    return this;
  }

  /** An authentication that failed. */
  Facts failed(String action) {
    return kind(AUTHENTICATION, FAILED, action).outcome("failure");
  }

  /** An authentication that succeeded. */
  Facts succeeded(String action) {
    return kind(AUTHENTICATION, SUCCEEDED, action).outcome("success");
  }

  Facts outcome(String outcome) {
    event.put(Field.EVENT_OUTCOME, outcome);
    return this;
  }

  Facts reason(String reason) {
    event.put(Field.EVENT_REASON, reason);
    return this;
  }

  Facts user(@Nullable String name) {
    return account(Field.USER_NAME, name);
  }

  Facts effectiveUser(@Nullable String name) {
    return account(Field.USER_EFFECTIVE_NAME, name);
  }

  Facts targetUser(@Nullable String name) {
    return account(Field.USER_TARGET_NAME, name);
  }

  private Facts account(Field field, @Nullable String name) {
    if (name != null && !name.isEmpty()) {
      event.put(field, name);
      users.add(name);
    }
    return this;
  }

  Facts userId(@Nullable String id) {
    event.put(Field.USER_ID, id);
    return this;
  }

  Facts group(@Nullable String name) {
    event.put(Field.GROUP_NAME, name);
    return this;
  }

  Facts command(String commandLine) {
    event.put(Field.PROCESS_COMMAND_LINE, commandLine);
    return this;
  }

  Facts workingDirectory(@Nullable String path) {
    event.put(Field.PROCESS_WORKING_DIRECTORY, path);
    return this;
  }

  /** Where it came from: an address, or a name that was looked up. */
  Facts source(@Nullable String from) {
    if (from != null && !from.isEmpty()) {
      event.put(Field.SOURCE_ADDRESS, from);
      if (IpLiteral.is(from)) {
        event.put(Field.SOURCE_IP, from);
        address = from;
      } else {
        event.put(Field.SOURCE_DOMAIN, from);
      }
    }
    return this;
  }

  Facts port(@Nullable String digits) {
    int port = digits == null ? -1 : number(digits);
    if (port > 0 && port < 65536) {
      event.put(Field.SOURCE_PORT, port);
    }
    return this;
  }

  Facts label(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      event.label(name, value);
    }
    return this;
  }

  boolean hasAction() {
    return event.has(Field.EVENT_ACTION);
  }

  boolean hasUser() {
    return event.has(Field.USER_NAME);
  }

  void finish() {
    if (!users.isEmpty()) {
      event.put(Field.RELATED_USER, List.copyOf(users));
    }
    if (address != null) {
      event.put(Field.RELATED_IP, List.of(address));
    }
  }

  /** The number that these digits write, or -1. */
  static int number(String digits) {
    if (digits.isEmpty() || digits.length() > 9) {
      return -1;
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + c - '0';
    }
    return number;
  }
}
