// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citywall.correlation.Context.PersonType;

/**
 * Something worth reasoning about: a window was crossed, or a single event is of a kind that a rule
 * asks for. Rules see signals and context facts, never raw events.
 */
public sealed interface Signal {

  /** What alerts of this signal are grouped by. */
  String groupKey();

  /** Whom or what it is about, as {@link Alert#entity()}. */
  String entity();

  /** Event time of the event that completed it. */
  Instant at();

  Evidence evidence();

  /**
   * The entries behind a signal.
   *
   * @param since event time of the earliest of the leaves
   * @param trigger the entry that caused the signal
   * @param leaves entries that no earlier signal of the same window carried
   * @param unlisted further such entries whose leaves were not kept
   */
  record Evidence(Instant since, long trigger, List<Long> leaves, long unlisted) {
    public Evidence {
      leaves = List.copyOf(leaves);
    }

    /** These entries and others, caused by what caused these. */
    Evidence and(Evidence other) {
      return new Evidence(
          since.isBefore(other.since) ? since : other.since,
          trigger,
          Stream.concat(leaves.stream(), other.leaves.stream()).distinct().toList(),
          unlisted + other.unlisted);
    }

    static Evidence of(Observation o) {
      return new Evidence(o.at(), o.leaf(), List.of(o.leaf()), 0);
    }
  }

  /**
   * Many failed log-ins from one place in a short time.
   *
   * @param source address or host the log-ins came from
   * @param account the account that got in, else the last one tried
   * @param failures failures since the burst began
   * @param peak most failures within one window, up to the highest threshold
   * @param accounts distinct accounts tried
   * @param succeeded whether a log-in succeeded after the failures
   */
  record Logins(
      String groupKey,
      String entity,
      Instant at,
      Evidence evidence,
      String source,
      String account,
      String host,
      long failures,
      int peak,
      int accounts,
      boolean succeeded)
      implements Signal {

    /**
     * Whether it is at least so many accounts, with at most so many failures for each on average.
     */
    public boolean isSpread(long least, long tries) {
      return accounts >= least && failures <= tries * accounts;
    }
  }

  /**
   * One access to classified data by an account.
   *
   * @param vendor id of the vendor, empty where there is none
   * @param roster name of the roster, empty for the work calendar
   * @param level 1..4
   */
  record SensitiveAccess(
      String groupKey,
      String entity,
      Instant at,
      Evidence evidence,
      String account,
      PersonType personType,
      String vendor,
      String roster,
      int level,
      String table,
      long rows)
      implements Signal {}

  /**
   * An account read more rows of one level within the window than its limit.
   *
   * @param rows rows within the window
   * @param persons sum of the persons that each answer was about: at most so many were concerned
   * @param limit what the account may read without a ticket
   * @param usual rows that hours like this one hardly ever exceed, 0 where too little was learned
   */
  record RowsRead(
      String groupKey,
      String entity,
      Instant at,
      Evidence evidence,
      String account,
      PersonType personType,
      int level,
      long rows,
      long persons,
      long limit,
      long usual)
      implements Signal {}

  /**
   * An account repeats one statement that answers with a single record each time.
   *
   * @param statement digest of the statement, empty where the source gives none
   * @param reads answers of at most two rows within the window
   */
  record RecordWalk(
      String groupKey,
      String entity,
      Instant at,
      Evidence evidence,
      String account,
      PersonType personType,
      int level,
      String table,
      String statement,
      long reads)
      implements Signal {}

  /** An audit source says nothing, or ({@code ended}) speaks again after a silence. */
  record Silence(
      String groupKey,
      String entity,
      Instant at,
      Evidence evidence,
      String origin,
      Duration duration,
      boolean ended)
      implements Signal {}

  /** Records of an audit source are missing: these sequence numbers, both inclusive. */
  record Gap(
      String groupKey,
      String entity,
      Instant at,
      Evidence evidence,
      String origin,
      long from,
      long to)
      implements Signal {

    public long missing() {
      return to - from + 1;
    }
  }

  /**
   * An event matched a Sigma rule, or completed a Sigma correlation.
   *
   * @param rule id of the rule
   * @param level form of the built-in rules that make an alert of it: low, medium, high or critical
   * @param correlated whether several events are behind it
   * @param fields fields that matched with their values, or those that the events have in common
   * @param number what a correlation counted, empty for a single event
   * @param condition what the correlation asks of that number
   * @param window its timespan
   * @param open alerts of this rule that can still grow
   * @param known whether one of them is about this entity
   */
  record RuleHit(
      String groupKey,
      String entity,
      Instant at,
      Evidence evidence,
      String rule,
      String title,
      String level,
      String techniques,
      boolean correlated,
      String fields,
      String number,
      String condition,
      Duration window,
      int open,
      boolean known)
      implements Signal {

    /** The same, as part of what the rule found beyond what officers can look at one by one. */
    public RuleHit collective() {
      return with(rule, "rule:" + rule, open, known);
    }

    RuleHit amongOpen(int count, boolean isKnown) {
      return with(groupKey, entity, count, isKnown);
    }

    private RuleHit with(String group, String about, int count, boolean isKnown) {
      return new RuleHit(
          group,
          about,
          at,
          evidence,
          rule,
          title,
          level,
          techniques,
          correlated,
          fields,
          number,
          condition,
          window,
          count,
          isKnown);
    }
  }

  /**
   * A Sigma rule no longer fires on the event that was made for it.
   *
   * @param rule id of the rule
   * @param place file and line
   */
  record DeadRule(
      String groupKey,
      String entity,
      Instant at,
      Evidence evidence,
      String rule,
      String title,
      String place)
      implements Signal {}

  /**
   * A watch over access to public data was crossed.
   *
   * @param rule id of the rule
   * @param variant form of the rule
   * @param from when began what an approval would have to cover
   * @param subjects what such an approval may be about: accounts, addresses, keys, projects
   * @param figures for the texts, by name
   */
  record Crossing(
      String rule,
      String variant,
      String groupKey,
      String entity,
      Instant at,
      Instant from,
      Evidence evidence,
      List<String> subjects,
      SortedMap<String, String> figures)
      implements Signal {

    public Crossing {
      subjects = List.copyOf(subjects);
      figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    }

    /** Whether an approval with this subject is about it. */
    public boolean isAbout(String subject) {
      return subjects.contains(subject);
    }
  }
}
