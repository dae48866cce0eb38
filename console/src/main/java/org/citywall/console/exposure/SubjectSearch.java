// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.EventSearch;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.QueryParser;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.LogReader;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.audit.subject.Subjects;
import org.jspecify.annotations.Nullable;

/** Finds accesses to data about one person by the index, and tells them as the log has them. */
public final class SubjectSearch {

  /** Entries that surely are about the person and are listed. */
  static final int MOST = 2_000;

  /** Entries that may be and are listed, the newest. */
  static final int MOST_POSSIBLE = 200;

  private static final int PAGE = 500;

  private final LogReader log;
  private final EventSearch index;
  private final Clock clock;

  public SubjectSearch(LogReader log, EventSearch index, Clock clock) {
    this.log = log;
    this.index = index;
    this.clock = clock;
  }

  /**
   * Every access to data about a person.
   *
   * @param hashes of the person by the name of the key
   * @param asked leaf of the entry that records this question
   */
  public SubjectAnswer find(Map<String, Long> hashes, long asked) {
    long size = log.size();
    Found found = new Found(hashes, asked);
    String digests = digests(hashes);
    long certainAsOf = search(digests, MOST, found);
    long possibleAsOf = search("gov.subjects.spilled:>=1 AND NOT " + digests, MOST_POSSIBLE, found);
    found.accesses.sort(Comparator.comparing(SubjectAccess::at).reversed());
    return new SubjectAnswer(
        found.accesses, found.inquiries, found.complete, Math.min(certainAsOf, possibleAsOf), size);
  }

  private static final class Found {
    private final Map<String, Long> hashes;
    private final long asked;
    private final List<SubjectAccess> accesses = new ArrayList<>();
    private final List<SubjectAnswer.Inquiry> inquiries = new ArrayList<>();
    private boolean complete = true;

    Found(Map<String, Long> hashes, long asked) {
      this.hashes = hashes;
      this.asked = asked;
    }
  }

  /** Adds what a query finds, and says as of which leaf. */
  private long search(String text, int most, Found found) {
    Query query = new QueryParser(clock).parse(text);
    SearchHit last = null;
    SearchPage page;
    int read = 0;
    do {
      page = index.search(new SearchRequest(query, TimeRange.ALL, Math.min(PAGE, most), last));
      for (SearchHit hit : page.hits()) {
        last = hit;
        read++;
        if (hit.leaf() != found.asked) {
          add(log.read(hit.leaf()), found.hashes, found.accesses, found.inquiries);
        }
      }
    } while (page.hits().size() == Math.min(PAGE, most) && read < most);
    found.complete &= read < most;
    return page.asOfLeaf();
  }

  private static String digests(Map<String, Long> hashes) {
    return hashes.values().stream()
        .map(SubjectKey::text)
        .map(text -> '"' + text + '"')
        .collect(Collectors.joining(" OR ", "gov.subjects.digests:(", ")"));
  }

  private static void add(
      LoggedEntry entry,
      Map<String, Long> hashes,
      List<SubjectAccess> accesses,
      List<SubjectAnswer.Inquiry> inquiries) {
    Event event = entry.event();
    Long hash = hashes.get(Objects.requireNonNullElse(event.text(Field.GOV_SUBJECTS_KEY), ""));
    @Nullable Subjects subjects = Subjects.of(event).orElse(null);
    if (hash == null || subjects == null) {
      return;
    }
    Optional<Boolean> holds = subjects.holds(hash);
    if (holds.isPresent() && !holds.get()) {
      return;
    }
    if (entry.kind() == EntryKind.STATE_CHANGE) {
      inquiries.add(
          new SubjectAnswer.Inquiry(
              entry.leaf(),
              event.timestamp(),
              Objects.requireNonNullElse(event.text(Field.USER_NAME), ""),
              Objects.requireNonNullElse(event.text(Field.GOV_NOTE), "")));
    } else {
      accesses.add(SubjectAccess.of(entry, holds.isPresent()));
    }
  }
}
