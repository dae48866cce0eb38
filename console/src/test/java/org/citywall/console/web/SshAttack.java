// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;

/** Ten failed log-ins by SSH and one that succeeds, as the sshd parser reports them. */
final class SshAttack {

  private SshAttack() {}

  /** The entries of an attack from this address on this account, ending at this time. */
  static List<Entry> of(String source, String address, String user, Instant end) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 1; i <= 11; i++) {
      boolean success = i == 11;
      Instant at = end.minusSeconds(3L * (11 - i));
      String line =
          (success ? "Accepted" : "Failed")
              + " password for "
              + user
              + " from "
              + address
              + " port "
              + (40000 + i)
              + " ssh2";
      Event event =
          Event.builder(new SourcePosition(source, Micros.of(end), i), at, at)
              .put(Field.EVENT_CATEGORY, List.of("authentication"))
              .put(Field.EVENT_TYPE, List.of("start"))
              .put(Field.EVENT_ACTION, "ssh_login")
              .put(Field.EVENT_OUTCOME, success ? "success" : "failure")
              .put(Field.EVENT_DATASET, "system.auth")
              .put(Field.USER_NAME, user)
              .put(Field.SOURCE_IP, address)
              .put(Field.HOST_NAME, "gw-01")
              .put(Field.PROCESS_NAME, "sshd")
              .put(Field.MESSAGE, line)
              .put(
                  Field.EVENT_ORIGINAL,
                  ("<38>1 " + at + " gw-01 sshd 4211 - - " + line).getBytes(StandardCharsets.UTF_8))
              .build();
      entries.add(new Entry(EntryKind.EVENT, event));
    }
    return entries;
  }
}
