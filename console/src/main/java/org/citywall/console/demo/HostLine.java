// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * A line of a host's authentication log, sent as RFC 5424 syslog.
 *
 * @param address where the log-in came from; null for local actions
 * @param port TCP port it came from, 0 for local actions
 * @param effective account whose rights were used; null where it is the same
 */
record HostLine(
    long at,
    String host,
    HostAction action,
    int pid,
    String user,
    @Nullable String address,
    int port,
    @Nullable String effective,
    String message)
    implements DemoRecord {

  private static final int AUTHPRIV = 10;
  private static final int INFO = 6;
  private static final int PRIORITY = AUTHPRIV * 8 + INFO;

  /** Says in the record itself that it is made up; 32473 is the number for examples (RFC 5612). */
  private static final String STRUCTURED_DATA = "[demo@32473 tag=\"demo\"]";

  static HostLine accepted(long at, String host, int pid, String user, String address, int port) {
    String text = "Accepted publickey for " + user + " from " + address + " port " + port + " ssh2";
    return new HostLine(at, host, HostAction.ACCEPTED, pid, user, address, port, null, text);
  }

  static HostLine acceptedPassword(
      long at, String host, int pid, String user, String address, int port) {
    String text = "Accepted password for " + user + " from " + address + " port " + port + " ssh2";
    return new HostLine(at, host, HostAction.ACCEPTED, pid, user, address, port, null, text);
  }

  /** A refused password; {@code known} tells whether the host has the account. */
  static HostLine failed(
      long at, String host, int pid, String user, boolean known, String address, int port) {
    String text =
        "Failed password for "
            + (known ? "" : "invalid user ")
            + user
            + " from "
            + address
            + " port "
            + port
            + " ssh2";
    return new HostLine(at, host, HostAction.FAILED, pid, user, address, port, null, text);
  }

  static HostLine session(long at, String host, int pid, String user, boolean opened) {
    String text =
        "pam_unix(sshd:session): session "
            + (opened
                ? "opened for user " + user + "(uid=1000) by (uid=0)"
                : "closed for user " + user);
    HostAction action = opened ? HostAction.SESSION_OPENED : HostAction.SESSION_CLOSED;
    return new HostLine(at, host, action, pid, user, null, 0, null, text);
  }

  static HostLine sudo(long at, String host, int pid, String user, String command) {
    String text = user + " : TTY=pts/0 ; PWD=/home/" + user + " ; USER=root ; COMMAND=" + command;
    return new HostLine(at, host, HostAction.SUDO, pid, user, null, 0, "root", text);
  }

  static HostLine cron(long at, String host, int pid, String user) {
    String text = "pam_unix(cron:session): session opened for user " + user + "(uid=0) by (uid=0)";
    return new HostLine(at, host, HostAction.CRON, pid, user, null, 0, null, text);
  }

  @Override
  public String source() {
    return "syslog-tls/" + host;
  }

  /** The line as it goes over the wire, without framing. */
  @Override
  public byte[] original() {
    String line =
        "<"
            + PRIORITY
            + ">1 "
            + Micros.toInstant(at)
            + " "
            + host
            + " "
            + action.program()
            + " "
            + pid
            + " - "
            + STRUCTURED_DATA
            + " "
            + message;
    return line.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void fill(Event.Builder event) {
    event
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_CATEGORY, action.category())
        .put(Field.EVENT_TYPE, action.type())
        .put(Field.EVENT_ACTION, action.action())
        .put(Field.EVENT_OUTCOME, action.outcome())
        .put(Field.EVENT_DATASET, "system.auth")
        .put(Field.MESSAGE, message)
        .put(Field.TAGS, DemoHistory.TAGS)
        .put(Field.HOST_NAME, host)
        .put(Field.PROCESS_NAME, action.program())
        .put(Field.PROCESS_PID, pid)
        .put(Field.USER_NAME, user)
        .put(Field.USER_EFFECTIVE_NAME, effective)
        .put(Field.LOG_SYSLOG_APPNAME, action.program())
        .put(Field.LOG_SYSLOG_FACILITY_CODE, AUTHPRIV)
        .put(Field.LOG_SYSLOG_SEVERITY_CODE, INFO)
        .put(Field.LOG_SYSLOG_PRIORITY, PRIORITY)
        .put(Field.LOG_SYSLOG_HOSTNAME, host)
        .put(Field.LOG_SYSLOG_STRUCTURED_DATA, STRUCTURED_DATA)
        .put(Field.RELATED_USER, effective == null ? List.of(user) : List.of(user, effective));
    if (address != null) {
      event
          .put(Field.SOURCE_IP, address)
          .put(Field.SOURCE_PORT, port)
          .put(Field.RELATED_IP, List.of(address));
    }
  }
}
