// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.LoggedEntry;

/**
 * The entry in which the log tells of an anchoring act. By it the log commits to what others said:
 * an anchor that was removed later is missed, and one that was made is known to be older than the
 * next one.
 *
 * @param name of the note in the store
 * @param size of the checkpoint
 * @param previous leaf of the entry of the act before, or -1
 * @param files SHA-256 in hexadecimal of each file that was stored
 * @param failures error code of each target that failed
 */
record AnchorEntry(
    String name,
    long size,
    long previous,
    Map<String, String> files,
    Map<String, String> failures) {

  static final String SOURCE = "citywall/anchor";

  private static final String ACTION = "log-anchored";
  private static final String NAME = "anchor.checkpoint";
  private static final String SIZE = "anchor.size";
  private static final String PREVIOUS = "anchor.previous";
  private static final String FILE = "anchor.file.";
  private static final String FAILED = "anchor.failed.";

  AnchorEntry {
    files = Map.copyOf(files);
    failures = Map.copyOf(failures);
  }

  /** As an entry of kind CONTROL, which detection does not read. */
  Entry toEntry(SourcePosition position, Instant now) {
    Event.Builder event =
        Event.builder(position, now, now)
            .put(Field.EVENT_KIND, "event")
            .put(Field.EVENT_ACTION, ACTION)
            .put(Field.EVENT_OUTCOME, files.isEmpty() ? "failure" : "success")
            .put(
                Field.MESSAGE,
                "checkpoint of size "
                    + size
                    + ": "
                    + files.size()
                    + " anchors stored, "
                    + failures.size()
                    + " failed")
            .label(NAME, name)
            .label(SIZE, Long.toString(size));
    if (previous >= 0) {
      event.label(PREVIOUS, Long.toString(previous));
    }
    files.forEach((file, hash) -> event.label(FILE + file, hash));
    failures.forEach((target, code) -> event.label(FAILED + target, code));
    return new Entry(EntryKind.CONTROL, event.build());
  }

  /** Whether the envelope of an entry says that it tells of an act. */
  static boolean isSource(LoggedEntry entry) {
    return entry.kind() == EntryKind.CONTROL && entry.event().position().source().equals(SOURCE);
  }

  /** The act that an entry tells of, if it tells of one. */
  static Optional<AnchorEntry> of(LoggedEntry entry) {
    Event event = entry.event();
    if (!isSource(entry) || !ACTION.equals(event.text(Field.EVENT_ACTION))) {
      return Optional.empty();
    }
    Map<String, String> labels = event.labels();
    Map<String, String> files = new TreeMap<>();
    Map<String, String> failures = new TreeMap<>();
    labels.forEach(
        (label, value) -> {
          if (label.startsWith(FILE)) {
            files.put(label.substring(FILE.length()), value);
          } else if (label.startsWith(FAILED)) {
            failures.put(label.substring(FAILED.length()), value);
          }
        });
    try {
      return Optional.of(
          new AnchorEntry(
              labels.getOrDefault(NAME, ""),
              Long.parseLong(labels.getOrDefault(SIZE, "0")),
              Long.parseLong(labels.getOrDefault(PREVIOUS, "-1")),
              files,
              failures));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
