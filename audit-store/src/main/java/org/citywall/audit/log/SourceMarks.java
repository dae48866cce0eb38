// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.SourcePosition;

/**
 * How far each source has been recorded: per source the high-water marks of its last few epochs,
 * for the sources that spoke last. An epoch or source that was forgotten counts as new: a second
 * recording is a nuisance, a lost one is a hole in the evidence. Used by one thread at a time.
 */
final class SourceMarks {

  static final int EPOCHS = 8;
  private static final int SOURCES = 1 << 16;

  /** A mark, with what the group commit under way will make of it. */
  private static final class Mark {
    private final long epoch;
    private long sequence;
    private long leaf;
    private long stagedSequence;
    private long stagedLeaf;

    Mark(long epoch) {
      this.epoch = epoch;
    }
  }

  private final LinkedHashMap<String, List<Mark>> sources =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, List<Mark>> eldest) {
          return size() > SOURCES;
        }
      };
  private final List<Mark> staged = new ArrayList<>();

  /** Leaf of the position, {@link EvidenceLog#RECORDED_BEFORE}, or {@link IdWindow#ABSENT}. */
  long leaf(SourcePosition position) {
    List<Mark> epochs = sources.get(position.source());
    if (epochs != null) {
      for (Mark mark : epochs) {
        if (mark.epoch == position.epoch()) {
          if (position.sequence() > mark.stagedSequence) {
            return IdWindow.ABSENT;
          }
          return position.sequence() == mark.stagedSequence
              ? mark.stagedLeaf
              : EvidenceLog.RECORDED_BEFORE;
        }
      }
    }
    return IdWindow.ABSENT;
  }

  /** Notes a recording that becomes known for good by {@link #commit}. */
  void stage(SourcePosition position, long leaf) {
    Mark mark = mark(position.source(), position.epoch());
    if (mark.stagedSequence == mark.sequence) {
      staged.add(mark);
    }
    if (position.sequence() > mark.stagedSequence) {
      mark.stagedSequence = position.sequence();
      mark.stagedLeaf = leaf;
    }
  }

  private Mark mark(String source, long epoch) {
    List<Mark> epochs = sources.computeIfAbsent(source, name -> new ArrayList<>(1));
    for (int i = epochs.size() - 1; i >= 0; i--) {
      Mark mark = epochs.get(i);
      if (mark.epoch == epoch) {
        if (i < epochs.size() - 1) {
          epochs.remove(i);
          epochs.add(mark);
        }
        return mark;
      }
    }
    if (epochs.size() == EPOCHS) {
      epochs.removeFirst();
    }
    Mark mark = new Mark(epoch);
    epochs.add(mark);
    return mark;
  }

  void commit() {
    for (Mark mark : staged) {
      mark.sequence = mark.stagedSequence;
      mark.leaf = mark.stagedLeaf;
    }
    staged.clear();
  }

  void rollback() {
    for (Mark mark : staged) {
      mark.stagedSequence = mark.sequence;
      mark.stagedLeaf = mark.leaf;
    }
    staged.clear();
  }

  int encodedBytes() {
    int bytes = 4;
    for (Map.Entry<String, List<Mark>> source : sources.entrySet()) {
      bytes += 3 + source.getKey().getBytes(StandardCharsets.UTF_8).length;
      bytes += 24 * source.getValue().size();
    }
    return bytes;
  }

  void encode(ByteBuffer out) {
    out.putInt(sources.size());
    sources.forEach(
        (source, epochs) -> {
          byte[] name = source.getBytes(StandardCharsets.UTF_8);
          out.putShort((short) name.length).put(name).put((byte) epochs.size());
          for (Mark mark : epochs) {
            out.putLong(mark.epoch).putLong(mark.sequence).putLong(mark.leaf);
          }
        });
  }

  void decode(ByteBuffer in) {
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      byte[] name = new byte[in.getShort() & 0xFFFF];
      in.get(name);
      String source = new String(name, StandardCharsets.UTF_8);
      int epochs = in.get();
      for (int j = 0; j < epochs; j++) {
        Mark mark = mark(source, in.getLong());
        mark.sequence = mark.stagedSequence = in.getLong();
        mark.leaf = mark.stagedLeaf = in.getLong();
      }
    }
  }
}
