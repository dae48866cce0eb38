// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Signal.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * What a watch remembers of one key: marks of its events within a window, in order of time, and
 * numbers that outlive them (sums by bucket, or moments under numbers of the watch's own). All of
 * it lasts: nothing is read again after a restart.
 */
final class Trail extends KeyedState.Cell {

  /**
   * What is remembered of an event.
   *
   * @param told whether a signal carried it
   */
  record Mark(long micros, long leaf, String text, long number, boolean told) {}

  /**
   * A trail as it is kept.
   *
   * @param key that of its cell
   * @param newest leaf of the newest entry it comes from, -1 where nobody said
   * @param origins leaves of the entries that single numbers come from, by their names
   */
  record Piece(
      String key,
      long touched,
      long newest,
      long dropped,
      List<Mark> marks,
      SortedMap<Long, Long> numbers,
      SortedMap<Long, Long> origins) {}

  private final String key;
  private final List<Mark> marks = new ArrayList<>(2);
  private final TreeMap<Long, Long> numbers = new TreeMap<>();
  private final TreeMap<Long, Long> origins = new TreeMap<>();
  private long newest = -1;
  private long dropped;
  private @Nullable String name;

  Trail(String key) {
    this.key = key;
  }

  Trail(Piece kept) {
    key = kept.key();
    marks.addAll(kept.marks());
    numbers.putAll(kept.numbers());
    origins.putAll(kept.origins());
    newest = kept.newest();
    dropped = kept.dropped();
  }

  @Override
  Piece piece() {
    return new Piece(
        key,
        touched(),
        newest,
        dropped,
        List.copyOf(marks),
        new TreeMap<>(numbers),
        new TreeMap<>(origins));
  }

  /** Notes that it comes from this entry, too. */
  void saw(long leaf) {
    newest = Math.max(newest, leaf);
  }

  /**
   * Forgets what comes from entries that were destroyed.
   *
   * @return whether all of it has to go: the entry that named its key last was destroyed, or
   *     nothing is left
   */
  boolean forget(LongPredicate destroyed) {
    boolean marked = !marks.isEmpty();
    boolean less = marks.removeIf(mark -> destroyed.test(mark.leaf()));
    for (Map.Entry<Long, Long> origin : List.copyOf(origins.entrySet())) {
      if (destroyed.test(origin.getValue())) {
        origins.remove(origin.getKey());
        numbers.remove(origin.getKey());
        less = true;
      }
    }
    if (less) {
      change();
    }
    boolean empty = marks.isEmpty() && (marked || less && numbers.isEmpty());
    return empty || newest >= 0 && destroyed.test(newest);
  }

  /** Adds a mark; false where it is older than the window. At most {@code most} marks are kept. */
  boolean add(Mark mark, long windowMicros, int most) {
    saw(mark.leaf());
    long latest = marks.isEmpty() ? mark.micros() : Math.max(last().micros(), mark.micros());
    if (mark.micros() < latest - windowMicros) {
      return false;
    }
    int place = marks.size();
    while (place > 0 && marks.get(place - 1).micros() > mark.micros()) {
      place--;
    }
    marks.add(place, mark);
    int stale = 0;
    while (marks.get(stale).micros() < latest - windowMicros) {
      stale++;
    }
    dropped = stale > 0 ? 0 : dropped; // those were older still
    int excess = Math.max(0, marks.size() - stale - most);
    for (Mark gone : marks.subList(stale, stale + excess)) {
      dropped += gone.told() ? 0 : 1;
    }
    marks.subList(0, stale + excess).clear();
    change();
    return true;
  }

  String key() {
    return key;
  }

  /** What its piece is called, without the watch; asked for each second. */
  String name() {
    if (name == null) {
      name = EventId.ofClient("trail", key).toString();
    }
    return name;
  }

  /** In order of time. */
  List<Mark> marks() {
    return Collections.unmodifiableList(marks);
  }

  Mark last() {
    return marks.getLast();
  }

  long count(Predicate<Mark> wanted) {
    return marks.stream().filter(wanted).count();
  }

  long distinctTexts() {
    return marks.stream().map(Mark::text).distinct().count();
  }

  long sum() {
    return marks.stream().mapToLong(Mark::number).sum();
  }

  /** Whether nothing was told yet, or so much came since that it is worth telling again. */
  boolean isNews(long least) {
    return marks.stream().noneMatch(Mark::told)
        || marks.stream().filter(mark -> !mark.told()).mapToLong(Mark::number).sum() >= least;
  }

  /** The number kept under this one, or {@code absent}. */
  long number(long name, long absent) {
    return numbers.getOrDefault(name, absent);
  }

  void put(long name, long number) {
    Long before = numbers.put(name, number);
    if (before == null || before != number) {
      change();
    }
  }

  /** Puts a number that the entry at this leaf told. */
  void put(long name, long number, long leaf) {
    saw(leaf);
    put(name, number);
    origins.put(name, leaf);
  }

  /** Adds to the sum of this bucket and forgets buckets below {@code oldest}. */
  void addTo(long bucket, long amount, long oldest) {
    numbers.merge(bucket, amount, Long::sum);
    numbers.headMap(oldest).clear();
    change();
  }

  /** Sums by bucket, from {@code from} to before {@code to}. */
  Map<Long, Long> sums(long from, long to) {
    return from < to ? Collections.unmodifiableMap(numbers.subMap(from, to)) : Map.of();
  }

  /** Total of the sums from {@code from} to before {@code to}. */
  long total(long from, long to) {
    return sums(from, to).values().stream().mapToLong(Long::longValue).sum();
  }

  /** The entries that no earlier signal carried; those of other keys that belong to it go first. */
  Evidence take(long trigger, List<Mark> others) {
    List<Long> leaves = new ArrayList<>();
    long since = Long.MAX_VALUE;
    for (Mark other : others) {
      leaves.add(other.leaf());
      since = Math.min(since, other.micros());
    }
    for (int i = 0; i < marks.size(); i++) {
      Mark mark = marks.get(i);
      if (!mark.told()) {
        since = Math.min(since, mark.micros());
        leaves.add(mark.leaf());
        marks.set(i, new Mark(mark.micros(), mark.leaf(), mark.text(), mark.number(), true));
      }
    }
    long unlisted = dropped;
    dropped = 0;
    change();
    long from = since == Long.MAX_VALUE ? last().micros() : since;
    return new Evidence(
        Micros.toInstant(from), trigger, leaves.stream().distinct().toList(), unlisted);
  }
}
