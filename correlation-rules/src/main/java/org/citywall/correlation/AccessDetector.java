// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Feeds what looks at access to data; each event is looked up in the context once. */
final class AccessDetector implements Detector {

  /** One way to look at an access. */
  interface View {
    /** False where the access is too late or a duplicate. */
    boolean observe(DataAccess access, ContextIndex context, Consumer<Signal> signals);

    KeyedState<MinuteWindow> windows();
  }

  private final List<View> views = new ArrayList<>();
  private long late;

  AccessDetector(List<View> views) {
    this.views.addAll(views);
  }

  @Override
  public void observe(Observation o, ContextIndex context, Consumer<Signal> signals) {
    DataAccess access = DataAccess.of(o, context);
    if (access == null) {
      return;
    }
    for (View view : views) {
      late += view.observe(access, context, signals) ? 0 : 1;
    }
  }

  @Override
  public void tick(long clock, long leaf, Consumer<Signal> signals) {
    views.forEach(view -> view.windows().expire(clock));
  }

  @Override
  public long basis() {
    return views.stream().mapToLong(v -> v.windows().basis()).min().orElse(Long.MAX_VALUE);
  }

  @Override
  public int size() {
    return views.stream().mapToInt(v -> v.windows().size()).sum();
  }

  @Override
  public long evictions() {
    return views.stream().mapToLong(v -> v.windows().evictions()).sum();
  }

  @Override
  public long late() {
    return late;
  }
}
