// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.collect.internal.intake.NumberSet.Range;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which of the numbers that one host counts up (RFC 5424 section 7.3.1) never arrived.
 * Guarded by the source's monitor.
 *
 * <p>A host may use several connections: some share one counter, some have each their own. So a
 * number that jumps is compared with the one before it on the same channel, and what is missing
 * between the two may still come over another one for a while. A new channel goes on from where an
 * ended one stopped. It may also replace one that is broken and not known to be: then what is
 * missing is held back until that one ends, and counts unless it ends in order or says more.
 */
final class SequenceWatch {

  /** How long missing numbers may be on their way at least, with one open channel and several. */
  static final Duration GRACE = Duration.ofSeconds(5);

  static final Duration GRACE_OF_SEVERAL = Duration.ofSeconds(30);

  /** How far apart two numbers may be and be taken for the same counter's: the window of RELP. */
  private static final long NEAR = 128;

  private static final int MAX_RANGES = 1024;
  private static final int MAX_OLD_RANGES = 16;
  private static final int MAX_OPEN = 256;
  private static final int MAX_ENDED = 8;
  private static final int MAX_HELD = 8;

  /** What came over one channel. */
  private static final class Run {
    private long last;

    Run(long last) {
      this.last = last;
    }
  }

  /**
   * Numbers that are missing unless a run shows that it still goes on.
   *
   * @param otherwise where the ended channel stopped that the new one then goes on from
   */
  private record Held(Run by, NumberSet missing, long otherwise, long last) {}

  private final Map<Channel, Run> open = new HashMap<>();
  private final Deque<Long> ended = new ArrayDeque<>();
  private final Deque<Held> held = new ArrayDeque<>();
  private final NumberSet seen = new NumberSet(MAX_RANGES);
  private NumberSet missing = new NumberSet(MAX_RANGES);
  private NumberSet longMissing = new NumberSet(MAX_RANGES);
  private @Nullable Instant turned;

  void arrived(Channel channel, long number) {
    boolean late = missing.remove(number) | longMissing.remove(number);
    held.forEach(back -> back.missing().remove(number));
    Run run = open.get(channel);
    if (run == null) {
      begin(channel, number);
    } else {
      isAlive(run);
      goOn(run, number, late);
    }
    seen.add(number);
  }

  private void begin(Channel channel, long number) {
    if (open.size() == MAX_OPEN) {
      return;
    }
    if (number == 1) {
      seen.clear();
    } else if (!seen.contains(number) && !isResent(number)) {
      long before = ended.stream().filter(last -> last < number).reduce(0L, Math::max);
      Run broken = greatestOpenBelow(number);
      if (broken != null && broken.last > before) {
        holdBack(broken, number - 1, before);
      } else if (before > 0) {
        ended.remove(before);
        suspect(before + 1, number - 1);
      }
    }
    open.put(channel, new Run(number));
  }

  private boolean isResent(long number) {
    return ended.stream().anyMatch(last -> last >= number && last - number < NEAR);
  }

  private @Nullable Run greatestOpenBelow(long number) {
    Run greatest = null;
    for (Run run : open.values()) {
      if (run.last < number && (greatest == null || run.last > greatest.last)) {
        greatest = run;
      }
    }
    return greatest;
  }

  private void holdBack(Run run, long last, long otherwise) {
    NumberSet numbers = new NumberSet(MAX_RANGES);
    seen.missing(run.last + 1, last).forEach(range -> numbers.add(range.first(), range.last()));
    held.addLast(new Held(run, numbers, otherwise, last));
    if (held.size() > MAX_HELD) {
      held.removeFirst();
    }
  }

  /** What a run held back was not missing behind it. */
  private void isAlive(Run run) {
    for (Held back : List.copyOf(held)) {
      if (back.by() == run) {
        held.remove(back);
        if (ended.remove(back.otherwise())) {
          suspect(back.otherwise() + 1, back.last());
        }
      }
    }
  }

  private void goOn(Run run, long number, boolean late) {
    if (number > run.last) {
      suspect(run.last + 1, number - 1);
      run.last = number;
    } else if (!late) {
      // The counter began anew: what was seen of its former life proves nothing any more.
      seen.clear();
      run.last = number;
    }
  }

  private void suspect(long first, long last) {
    if (first > last) {
      return;
    }
    for (Range unseen : seen.missing(first, last)) {
      for (Range fresh : longMissing.missing(unseen.first(), unseen.last())) {
        missing.add(fresh.first(), fresh.last());
      }
    }
  }

  /**
   * The channel has ended.
   *
   * @param inOrder whether the peer said so, or nothing for long, rather than broke off
   */
  void ended(Channel channel, boolean inOrder) {
    Run run = open.remove(channel);
    if (run == null) {
      return;
    }
    remember(run.last);
    for (Held back : List.copyOf(held)) {
      if (back.by() == run) {
        held.remove(back);
        if (!inOrder) {
          back.missing().ranges().forEach(range -> missing.add(range.first(), range.last()));
        }
      }
    }
  }

  /** Where counters stand, for {@link #restore} after a restart. */
  List<Long> marks() {
    List<Long> marks = new ArrayList<>(ended);
    open.values().forEach(run -> marks.add(run.last));
    return marks.subList(Math.max(0, marks.size() - MAX_ENDED), marks.size());
  }

  /** Takes up where counters stood before the restart. */
  void restore(List<Long> marks) {
    marks.forEach(this::remember);
  }

  /** A number that arrived before the restart; they are to be given in order of arrival. */
  void recall(long number) {
    ended.removeIf(last -> last <= number && number - last <= NEAR);
    remember(number);
  }

  private void remember(long last) {
    ended.addLast(last);
    if (ended.size() > MAX_ENDED) {
      ended.removeFirst();
    }
  }

  /** What is missing for good by now; each number is answered once. To be asked regularly. */
  List<Range> missing(Instant now) {
    Duration grace = open.size() > 1 ? GRACE_OF_SEVERAL : GRACE;
    if (turned != null && now.isBefore(turned.plus(grace))) {
      return List.of();
    }
    turned = now;
    List<Range> gone = longMissing.ranges();
    longMissing = missing;
    missing = new NumberSet(MAX_RANGES);
    gone.forEach(range -> seen.add(range.first(), range.last()));
    seen.keepHighest(MAX_OLD_RANGES);
    return gone;
  }
}
