// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.citywall.correlation.sigma.SigmaEngine.Counted;

/**
 * What correlations counted, as lasting state: the entries behind a window of a day are never read
 * again. Blocks are written anew until they are full and dropped as a whole when nothing in them
 * matters any longer, so that a second's work is written once or a few times, however long the
 * windows are.
 */
final class SigmaJournal {

  static final String PREFIX = "sigma/block/";

  private static final int FULL = 250;
  private static final long MINUTE = 60_000_000;

  private final int most;
  private final TreeMap<Long, Block> blocks = new TreeMap<>();

  /** The block that is filled, by how long its content matters: roughly, in powers of two. */
  private final Map<Integer, Block> filling = new HashMap<>();

  private long next;
  private int size;
  private long evictions;

  private static final class Block extends KeyedState.Cell {
    final long number;
    final List<String> correlations = new ArrayList<>();
    final StringBuilder lines = new StringBuilder();
    int size;
    long until;

    Block(long number) {
      this.number = number;
    }

    @Override
    Piece piece() {
      return new Piece(number, until, List.copyOf(correlations), lines.toString());
    }

    void add(Counted counted) {
      int correlation = correlations.indexOf(counted.correlation());
      if (correlation < 0) {
        correlation = correlations.size();
        correlations.add(counted.correlation());
      }
      lines
          .append(correlation)
          .append(',')
          .append(counted.rule())
          .append(',')
          .append(counted.key())
          .append(',')
          .append(counted.value())
          .append(',')
          .append(counted.micros())
          .append(',')
          .append(counted.event())
          .append(',')
          .append(counted.until())
          .append(',')
          .append(counted.told() ? '1' : '0')
          .append('\n');
      size++;
      until = Math.max(until, counted.until());
      change();
    }
  }

  /**
   * A block as it is kept.
   *
   * @param until clock at which nothing in it matters any longer
   * @param correlations digests that lines name by their position
   * @param lines one for each counted event, fields separated by commas
   */
  record Piece(long number, long until, List<String> correlations, String lines) {

    void forEach(Consumer<Counted> visitor) {
      for (String line : lines.split("\n")) {
        String[] parts = line.split(",", -1);
        if (parts.length == 8) {
          visitor.accept(
              new Counted(
                  correlations.get(Integer.parseInt(parts[0])),
                  Integer.parseInt(parts[1]),
                  parts[2],
                  parts[3],
                  Long.parseLong(parts[4]),
                  Long.parseLong(parts[5]),
                  Long.parseLong(parts[6]),
                  parts[7].equals("1")));
        }
      }
    }

    private Block block() {
      Block block = new Block(number);
      forEach(block::add);
      block.takeChanged();
      return block;
    }
  }

  SigmaJournal(int most, Map<String, String> lasting) {
    this.most = most;
    LastingPieces.read(lasting, PREFIX, Piece.class).stream()
        .sorted(Comparator.comparingLong(Piece::number))
        .map(Piece::block)
        .forEach(
            block -> {
              blocks.put(block.number, block);
              size += block.size;
              next = block.number + 1;
            });
  }

  /** Keeps what was counted; {@code clock} is the time by which it ages. */
  void add(Counted counted, long clock) {
    int kind = 64 - Long.numberOfLeadingZeros(Math.max(0, counted.until() - clock) / MINUTE);
    Block block = filling.get(kind);
    if (block == null || block.size == FULL) {
      block = new Block(next++);
      blocks.put(block.number, block);
      filling.put(kind, block);
    }
    block.add(counted);
    size++;
    while (size > most) {
      Block oldest = blocks.firstEntry().getValue();
      evictions += oldest.size;
      drop(oldest);
    }
  }

  private void drop(Block block) {
    blocks.remove(block.number);
    filling.values().remove(block);
    size -= block.size;
  }

  void expire(long clock) {
    for (Block block : List.copyOf(blocks.values())) {
      if (block.until < clock) {
        drop(block);
      }
    }
  }

  /** All that is kept, in the order in which it was counted. */
  void forEach(Consumer<Counted> visitor) {
    blocks.values().forEach(block -> block.piece().forEach(visitor));
  }

  void pieces(LastingPieces pieces) {
    blocks
        .values()
        .forEach(
            block -> pieces.add(PREFIX + String.format(Locale.ROOT, "%016d", block.number), block));
  }

  int size() {
    return size;
  }

  /** What was let go because there was too much of it. */
  long evictions() {
    return evictions;
  }
}
