// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Cells by key, at most {@code capacity} of them: the one untouched for longest goes first.
 *
 * <p>Cells age by the clock of ticks, never by a maximum over event times: the last tick is known
 * after a restart, a maximum over entries that are not read again is not.
 */
final class KeyedState<C extends KeyedState.Cell> {

  /** State of one key. */
  abstract static class Cell {
    private long touched;
    private boolean changed = true;

    /**
     * Smallest leaf that must be read again to rebuild this state; {@code Long.MAX_VALUE} where its
     * {@link #piece} is all there is.
     */
    long basis() {
      return Long.MAX_VALUE;
    }

    /** What of this state lasts, to be written as JSON; null where nothing does. */
    @Nullable Record piece() {
      return null;
    }

    /** Clock of the last touch, in microseconds. */
    final long touched() {
      return touched;
    }

    /** Notes that {@link #piece} is another one now. */
    final void change() {
      changed = true;
    }

    /** Whether the piece changed since the last call. */
    final boolean takeChanged() {
      boolean was = changed;
      changed = false;
      return was;
    }
  }

  private final Map<String, C> cells = new LinkedHashMap<>(16, 0.75f, true);
  private final int capacity;
  private final long idleMicros;
  private long evictions;

  KeyedState(int capacity, long idleMicros) {
    this.capacity = capacity;
    this.idleMicros = idleMicros;
  }

  /** The cell of this key, made if there is none. */
  C touch(String key, long clock, Function<String, C> maker) {
    C cell = cells.get(key);
    if (cell == null) {
      evictIfFull();
      cell = maker.apply(key);
      cells.put(key, cell);
    }
    ((Cell) cell).touched = clock;
    return cell;
  }

  /** Puts back a cell as it was kept; call it for the one untouched for longest first. */
  void restore(String key, C cell, long touched) {
    evictIfFull();
    cells.put(key, cell);
    ((Cell) cell).touched = touched;
    cell.takeChanged();
  }

  /** The cell of this key, or null. */
  @Nullable C find(String key, long clock) {
    C cell = cells.get(key);
    if (cell != null) {
      ((Cell) cell).touched = clock;
    }
    return cell;
  }

  /** The cell of this key, or null; it is not touched. */
  @Nullable C peek(String key) {
    return cells.get(key);
  }

  void remove(String key) {
    cells.remove(key);
  }

  /** Drops what nobody touched for longer than the idle time. */
  void expire(long clock) {
    Iterator<C> oldestFirst = cells.values().iterator();
    while (oldestFirst.hasNext()) {
      Cell cell = oldestFirst.next();
      if (clock - cell.touched <= idleMicros) {
        return;
      }
      oldestFirst.remove();
    }
  }

  void removeIf(Predicate<C> unwanted) {
    cells.values().removeIf(unwanted);
  }

  Iterable<C> cells() {
    return cells.values();
  }

  void forEach(BiConsumer<String, C> visitor) {
    cells.forEach(visitor);
  }

  long basis() {
    long basis = Long.MAX_VALUE;
    for (C cell : cells.values()) {
      basis = Math.min(basis, cell.basis());
    }
    return basis;
  }

  int size() {
    return cells.size();
  }

  long evictions() {
    return evictions;
  }

  private void evictIfFull() {
    if (cells.size() >= capacity) {
      Iterator<C> oldestFirst = cells.values().iterator();
      oldestFirst.next();
      oldestFirst.remove();
      evictions++;
    }
  }
}
