// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.Map;

/**
 * Where an engine goes on that was not there before.
 *
 * @param appliedLeaf last leaf whose updates were kept, -1 if none: entries up to it rebuild
 *     windows and say nothing
 * @param lasting every {@link LastingState} as of that leaf, by key
 */
public record ResumePoint(long appliedLeaf, Map<String, String> lasting) {

  /** Nothing was applied. */
  public static final ResumePoint START = new ResumePoint(-1, Map.of());

  public ResumePoint {
    lasting = Map.copyOf(lasting);
  }
}
