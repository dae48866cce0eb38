// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a rule found: one attack, however many entries it left.
 *
 * @param variant which of the rule's forms fired, for example {@code attempt} or {@code success};
 *     chooses severity and texts, and can rise while the alert is open
 * @param groupKey what the rule groups by; with the rule it tells one attack from another
 * @param entity whom or what the alert is about ({@code user:zhang}, {@code source:10.1.2.3},
 *     {@code origin:syslog/db-1}); alerts of several rules with one entity belong together
 * @param firstSeen event time of the earliest entry, as detection trusts it
 * @param lastSeen event time of the latest entry
 * @param firstLeaf smallest leaf of the alert when it was raised; part of the id
 * @param leaves the entries behind the alert in order of arrival, the first {@link #MAX_LEAVES}
 * @param total number of entries behind the alert, listed or not
 * @param parameters figures for the texts, by name; times and durations in ISO 8601
 * @param techniques ATT&amp;CK technique ids
 */
public record Alert(
    AlertId id,
    String ruleId,
    int ruleVersion,
    String variant,
    Severity severity,
    String groupKey,
    String entity,
    Instant firstSeen,
    Instant lastSeen,
    long firstLeaf,
    List<Long> leaves,
    long total,
    SortedMap<String, String> parameters,
    List<String> techniques) {

  public static final int MAX_LEAVES = 1000;

  private static final String ERASED = "erased";

  public Alert {
    leaves = List.copyOf(leaves);
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    techniques = List.copyOf(techniques);
  }

  /**
   * What may be kept of it where the payload of an entry behind it was destroyed: nothing that was
   * quoted from there.
   *
   * @param destruction leaf of the entry that orders the destruction
   */
  public Alert erased(long destruction) {
    return new Alert(
        id,
        ruleId,
        ruleVersion,
        variant,
        severity,
        "",
        "",
        firstSeen,
        lastSeen,
        firstLeaf,
        leaves,
        total,
        new TreeMap<>(Map.of(ERASED, Long.toString(destruction))),
        techniques);
  }

  /** Whether it is what {@link #erased} leaves. */
  public boolean isErased() {
    return parameters.containsKey(ERASED);
  }
}
