// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.ledger;

import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.retention.RetentionStatement;

/**
 * Exposure of the last {@value #DAYS} days, counted from the entries of a log in the order of their
 * leaves. Memory is bounded by the number of cells: what comes when they are full is counted
 * without telling operators, accounts and tables apart. Safe for use by several threads.
 */
public final class ExposureLedger {

  /** Days that are kept, with the newest. */
  public static final int DAYS = 90;

  /** Cells that are kept at most, unless said otherwise: a day and place each. */
  public static final int MOST_CELLS = 1_000_000;

  private static final Head EMPTY = new Head(0, -1, Integer.MIN_VALUE, 0, 0, List.of());

  private final int mostCells;
  private final TreeMap<Integer, Day> days;
  private Map<String, String> texts = new HashMap<>();
  private int cells;
  private long next;
  private long destruction;
  private long newestDay;
  private long tooOld;
  private long folded;

  public ExposureLedger() {
    this(MOST_CELLS);
  }

  /**
   * @param mostCells how many days and places are told apart
   */
  public ExposureLedger(int mostCells) {
    this(mostCells, EMPTY, new TreeMap<>());
  }

  ExposureLedger(int mostCells, Head head, TreeMap<Integer, Day> days) {
    this.mostCells = mostCells;
    this.days = days;
    next = head.next();
    destruction = head.destruction();
    newestDay = head.newestDay();
    tooOld = head.tooOld();
    folded = head.folded();
    cells = days.values().stream().mapToInt(day -> day.cells.size()).sum();
  }

  /** The leaf to go on from: all before it are counted. */
  public synchronized long next() {
    return next;
  }

  /**
   * Counts an entry; one that was counted before is passed over.
   *
   * @return whether what it says ends what was counted before: payloads were destroyed, and the
   *     ledger has to be counted again from a new one
   */
  public synchronized boolean accept(LoggedEntry entry) {
    if (entry.leaf() < next) {
      return false;
    }
    next = entry.leaf() + 1;
    if (!entry.shredded()) {
      Access.of(entry).ifPresent(this::count);
    }
    Optional<RetentionStatement> said = RetentionStatement.of(entry.kind(), entry.event());
    if (said.isPresent()
        && said.get() instanceof RetentionStatement.Completed
        && entry.leaf() > destruction) {
      destruction = entry.leaf();
      return true;
    }
    return false;
  }

  private void count(Access access) {
    if (access.day() > newestDay) {
      newestDay = access.day();
      forget();
    } else if (access.day() <= newestDay - DAYS) {
      tooOld++;
      return;
    }
    cell(access.day(), access.place()).add(access);
  }

  private void forget() {
    boolean fewer = false;
    while (!days.isEmpty() && days.firstKey() <= newestDay - DAYS) {
      cells -= days.pollFirstEntry().getValue().cells.size();
      fewer = true;
    }
    if (fewer) {
      // Names of those who are gone must not gather.
      texts = new HashMap<>();
      days.values().forEach(day -> day.cells.keySet().forEach(this::interned));
    }
  }

  private Cell cell(int day, Place place) {
    Day changed = days.computeIfAbsent(day, key -> new Day());
    changed.changed = true;
    Map<Place, Cell> ofDay = changed.cells;
    Cell known = ofDay.get(place);
    if (known != null) {
      return known;
    }
    if (cells >= mostCells) {
      folded++;
      return ofDay.computeIfAbsent(place.folded(), key -> added());
    }
    Cell made = added();
    ofDay.put(interned(place), made);
    return made;
  }

  private Cell added() {
    cells++;
    return new Cell();
  }

  private Place interned(Place place) {
    return new Place(
        interned(place.operator()),
        interned(place.account()),
        interned(place.unit()),
        interned(place.recipient()),
        interned(place.owner()),
        interned(place.tables()),
        interned(place.key()),
        place.level());
  }

  private String interned(String text) {
    return texts.computeIfAbsent(text, same -> same);
  }

  /** A ledger without anything in it, to count anew after payloads were destroyed. */
  public synchronized ExposureLedger again() {
    ExposureLedger empty = new ExposureLedger(mostCells);
    empty.destruction = destruction;
    return empty;
  }

  /** What was counted that the question is about. */
  public synchronized ExposureReport report(ExposureQuestion question) {
    ReportMaker maker = new ReportMaker(question);
    days.subMap(question.firstDay(), true, question.lastDay(), true)
        .forEach((at, day) -> day.cells.forEach((place, cell) -> maker.add(at, place, cell)));
    return maker.report(next, tooOld, folded);
  }

  /** The newest day of which something was counted; empty in an empty ledger. */
  public synchronized Optional<LocalDate> newest() {
    return days.isEmpty() ? Optional.empty() : Optional.of(Access.date(days.lastKey()));
  }

  /** Days and places that are told apart at the moment. */
  public synchronized int cells() {
    return cells;
  }

  /** Bytes that sketches hold, without what the virtual machine adds. */
  public synchronized long sketchBytes() {
    return days.values().stream()
        .flatMap(day -> day.cells.values().stream())
        .mapToLong(cell -> cell.persons.heldBytes())
        .sum();
  }

  /** Saves days and what is said once. */
  interface Saving {
    Map<Integer, Head.DayFile> save(Head head, Map<Integer, Day> days) throws IOException;
  }

  /** Has nothing counted while it is saved. */
  synchronized Map<Integer, Head.DayFile> save(Saving saving) throws IOException {
    return saving.save(new Head(next, destruction, newestDay, tooOld, folded, List.of()), days);
  }
}
