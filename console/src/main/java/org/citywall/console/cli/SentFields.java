// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;

/** Which fields the sources of a log send, by its newest entries. */
final class SentFields {

  private static final int NEWEST = 200_000;
  private static final int BATCH = 2000;

  private SentFields() {}

  /** Names of fields, and of labels with and without their prefix. */
  static Set<String> of(Path data) {
    Set<String> names = new TreeSet<>(Set.of("@timestamp"));
    try (LogReader log = LogAccess.reading(data)) {
      long next = Math.max(0, log.size() - NEWEST);
      List<LoggedEntry> batch = log.read(next, BATCH);
      while (!batch.isEmpty()) {
        batch.stream()
            .filter(entry -> entry.kind().detectable())
            .forEach(entry -> add(entry.event(), names));
        next += batch.size();
        batch = log.read(next, BATCH);
      }
    }
    return names;
  }

  private static void add(Event event, Set<String> names) {
    event.forEach((field, value) -> names.add(field.fieldName()));
    for (String label : event.labels().keySet()) {
      names.add(label);
      names.add("labels." + label);
    }
  }
}
