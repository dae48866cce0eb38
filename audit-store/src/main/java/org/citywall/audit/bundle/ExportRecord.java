// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.Hash;

/**
 * The entry that tells of a bundle, by what the bundle has to agree with it (see the package
 * documentation).
 */
record ExportRecord(Instant made, String person, String reason, SortedMap<String, String> labels) {

  static final String SOURCE = "citywall/evidence";

  private static final String ACTION = "evidence-exported";
  private static final int MAX_RANGES = 4000;

  /** What is recorded about these entries, of which those selected count. */
  static ExportRecord of(
      Instant made,
      String person,
      String reason,
      String selection,
      List<String> rules,
      List<BundleEntry> entries) {
    BundleManifest.Counts counts = BundleManifest.Counts.of(entries);
    SortedMap<String, String> labels = new TreeMap<>();
    labels.put("evidence.selection", selection);
    labels.put("evidence.rules", String.join("; ", rules));
    labels.put("evidence.leaves", ranges(entries));
    labels.put("evidence.disclosed", Long.toString(counts.disclosed()));
    labels.put("evidence.withheld", Long.toString(counts.withheld()));
    labels.put("evidence.destroyed", Long.toString(counts.destroyed()));
    labels.put("evidence.digest", digest(entries).hex());
    labels.values().removeIf(String::isEmpty);
    return new ExportRecord(made, person, reason, labels);
  }

  static ExportRecord of(BundleManifest manifest, List<BundleEntry> entries) {
    return of(
        manifest.made(),
        manifest.person(),
        manifest.reason(),
        manifest.selection(),
        manifest.rules(),
        entries);
  }

  private static String ranges(List<BundleEntry> entries) {
    NavigableSet<Long> leaves = new TreeSet<>();
    entries.stream().filter(BundleEntry::selected).forEach(entry -> leaves.add(entry.leaf()));
    String ranges = LeafRanges.format(leaves);
    return ranges.length() <= MAX_RANGES ? ranges : ranges.substring(0, MAX_RANGES);
  }

  private static Hash digest(List<BundleEntry> entries) {
    StringBuilder text = new StringBuilder();
    for (BundleEntry entry : entries) {
      if (entry.selected()) {
        String state = entry.state().name().toLowerCase(Locale.ROOT);
        text.append(entry.leaf()).append(' ').append(state).append('\n');
      }
    }
    return Hash.sha256(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  /** The entry, at this position of its source. */
  Entry entry(long epoch, long sequence) {
    Event.Builder event =
        Event.builder(new SourcePosition(SOURCE, epoch, sequence), made, made)
            .put(Field.EVENT_KIND, "event")
            .put(Field.EVENT_PROVIDER, "citywall")
            .put(Field.EVENT_ACTION, ACTION)
            .put(Field.USER_NAME, person)
            .put(Field.EVENT_REASON, reason);
    labels.forEach(event::label);
    return new Entry(EntryKind.CONTROL, event.build());
  }

  /** Whether an entry says exactly this. */
  boolean isIn(EntryKind kind, Event event) {
    return kind == EntryKind.CONTROL
        && ACTION.equals(event.text(Field.EVENT_ACTION))
        && person.equals(event.text(Field.USER_NAME))
        && reason.equals(event.text(Field.EVENT_REASON))
        && made.equals(event.timestamp())
        && labels.equals(event.labels());
  }
}
