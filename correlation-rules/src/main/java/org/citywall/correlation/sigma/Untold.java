// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Events of a group, in order of their time, that no hit has named yet. */
final class Untold {

  /** Most that are kept; of more the oldest go. */
  static final int MOST = 1000;

  private long[] micros = new long[2];
  private long[] events = new long[2];
  private int first;
  private int end;

  /** Time of an event that was let go because there were too many, the latest of them. */
  private long lostUntil = Long.MIN_VALUE;

  private long lost;

  void add(long at, long event, long span) {
    while (first < end && micros[first] <= at - span) {
      first++;
    }
    if (lostUntil <= at - span) {
      lost = 0;
    }
    if (end - first == MOST) {
      lostUntil = micros[first++];
      lost++;
    }
    if (end == micros.length) {
      makeRoom();
    }
    micros[end] = at;
    events[end++] = event;
  }

  private void makeRoom() {
    int size = end - first;
    int room = size > micros.length / 2 ? micros.length * 2 : micros.length;
    micros = Arrays.copyOf(Arrays.copyOfRange(micros, first, end), room);
    events = Arrays.copyOf(Arrays.copyOfRange(events, first, end), room);
    first = 0;
    end = size;
  }

  List<Long> events() {
    List<Long> list = new ArrayList<>(end - first);
    for (int i = first; i < end; i++) {
      list.add(events[i]);
    }
    return list;
  }

  /** About how many more there were. */
  long lost() {
    return lost;
  }

  long firstMicros() {
    return micros[first];
  }

  long last() {
    return events[end - 1];
  }

  int size() {
    return end - first;
  }

  void clear() {
    first = 0;
    end = 0;
    lost = 0;
  }
}
