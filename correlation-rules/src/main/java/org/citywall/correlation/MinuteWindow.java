// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.citywall.audit.event.Micros;
import org.citywall.correlation.Signal.Evidence;
import org.jspecify.annotations.Nullable;

/**
 * Sums over the last minutes of one key: the minute of the newest event and the {@code minutes - 1}
 * before it. Minutes are those of the clock on the wall, so that a sum depends on its events only
 * and not on when counting began. A duplicate falls into the minute of its original, where the
 * first 256 events are known.
 */
final class MinuteWindow extends KeyedState.Cell {

  private static final long MICROS = 60_000_000;

  private final int minutes;
  private final Deque<Bucket> buckets = new ArrayDeque<>();
  private long rows;
  private long persons;
  private long count;

  MinuteWindow(int minutes) {
    this.minutes = minutes;
  }

  /** Counts an event; false where it is older than the window or a duplicate. */
  boolean add(Observation observation, long moreRows, long morePersons) {
    long minute = Math.floorDiv(observation.micros(), MICROS);
    long newest = buckets.isEmpty() ? minute : Math.max(buckets.getLast().minute, minute);
    if (minute <= newest - minutes) {
      return false;
    }
    Bucket bucket = bucketOf(minute);
    if (!bucket.add(observation)) {
      return false;
    }
    bucket.rows += moreRows;
    bucket.persons += morePersons;
    rows += moreRows;
    persons += morePersons;
    count++;
    while (buckets.getFirst().minute <= newest - minutes) {
      Bucket gone = buckets.removeFirst();
      rows -= gone.rows;
      persons -= gone.persons;
      count -= gone.count;
    }
    return true;
  }

  long rows() {
    return rows;
  }

  long persons() {
    return persons;
  }

  long count() {
    return count;
  }

  /** Everything in the window that was not taken before. */
  Evidence take(long trigger) {
    long first = Long.MAX_VALUE;
    for (Bucket bucket : buckets) {
      first = Math.min(first, bucket.firstLeaf);
    }
    LeafList fresh = new LeafList(Integer.MAX_VALUE);
    long since = Long.MAX_VALUE;
    for (Bucket bucket : buckets) {
      since = bucket.takenCount < bucket.count ? Math.min(since, bucket.firstMicros) : since;
      bucket.takeInto(fresh, first);
    }
    return new Evidence(Micros.toInstant(since), trigger, fresh.toList(), fresh.unlisted());
  }

  // Two windows at most: what was taken was decided by the sum of the window of that time.
  @Override
  long basis() {
    long basis = Long.MAX_VALUE;
    for (Bucket bucket : buckets) {
      basis = Math.min(basis, bucket.basis);
    }
    return basis;
  }

  private Bucket bucketOf(long minute) {
    if (!buckets.isEmpty() && buckets.getLast().minute == minute) {
      return buckets.getLast();
    }
    if (buckets.isEmpty() || buckets.getLast().minute < minute) {
      Bucket bucket = new Bucket(minute);
      buckets.addLast(bucket);
      return bucket;
    }
    Bucket known = find(minute);
    return known == null ? insert(minute) : known;
  }

  private @Nullable Bucket find(long minute) {
    for (Bucket bucket : buckets) {
      if (bucket.minute == minute) {
        return bucket;
      }
    }
    return null;
  }

  private Bucket insert(long minute) {
    Deque<Bucket> later = new ArrayDeque<>();
    while (!buckets.isEmpty() && buckets.getLast().minute > minute) {
      later.addFirst(buckets.removeLast());
    }
    Bucket bucket = new Bucket(minute);
    buckets.addLast(bucket);
    buckets.addAll(later);
    return bucket;
  }

  /** One minute of one key. */
  private static final class Bucket {

    static final int KEPT = 256;

    private final long minute;
    private final LeafList leaves = new LeafList(KEPT);
    private long[] fingerprints = new long[2];
    private long rows;
    private long persons;
    private long count;
    private long lastLeaf;
    private long takenCount;
    private int takenLeaves;
    private long firstLeaf = Long.MAX_VALUE;
    private long firstMicros = Long.MAX_VALUE;
    private long basis = Long.MAX_VALUE;

    Bucket(long minute) {
      this.minute = minute;
    }

    boolean add(Observation o) {
      long leaf = o.leaf();
      long fingerprint = o.fingerprint();
      int known = leaves.size();
      for (int i = 0; i < known; i++) {
        if (fingerprints[i] == fingerprint) {
          return false;
        }
      }
      leaves.add(leaf);
      if (known < KEPT) {
        if (known == fingerprints.length) {
          fingerprints = Arrays.copyOf(fingerprints, known * 2);
        }
        fingerprints[known] = fingerprint;
      }
      count++;
      lastLeaf = leaf;
      firstLeaf = Math.min(firstLeaf, leaf);
      firstMicros = Math.min(firstMicros, o.micros());
      basis = Math.min(basis, leaf);
      return true;
    }

    void takeInto(LeafList fresh, long firstOfWindow) {
      if (takenCount < count) {
        long missing = count - takenCount - (leaves.size() - takenLeaves);
        leaves.copyFrom(takenLeaves, fresh);
        if (missing > 0) {
          fresh.add(lastLeaf);
          fresh.addUnlisted(missing - 1);
        }
        takenLeaves = leaves.size();
        takenCount = count;
        basis = Math.min(basis, firstOfWindow);
      }
    }
  }
}
