// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prepared statements and portals of a session as they are when everything sent has succeeded; what
 * did not is taken back. Confined to the session's event loop.
 */
final class Statements {

  private static final String UNNAMED = "";

  private final Map<String, Prepared> byName = new HashMap<>();
  private final Map<String, Prepared> portals = new HashMap<>();

  /** Adds a statement; the result takes that back. */
  Runnable put(Prepared prepared) {
    Prepared before = byName.put(prepared.name(), prepared);
    return () -> restore(byName, prepared.name(), prepared, before);
  }

  @Nullable Prepared find(String name) {
    return byName.get(name);
  }

  /** Binds a portal to a statement, or to one that is not known; the result takes that back. */
  Runnable bind(String portal, @Nullable Prepared prepared) {
    Prepared before = prepared == null ? portals.remove(portal) : portals.put(portal, prepared);
    return () -> restore(portals, portal, prepared, before);
  }

  @Nullable Prepared bound(String portal) {
    return portals.get(portal);
  }

  void close(char kind, String name) {
    (kind == 'S' ? byName : portals).remove(name);
  }

  /** A simple query ends the unnamed statement and portal. */
  void forgetUnnamed() {
    byName.remove(UNNAMED);
    portals.remove(UNNAMED);
  }

  private static void restore(
      Map<String, Prepared> map, String name, @Nullable Prepared mine, @Nullable Prepared before) {
    if (map.get(name) == mine) {
      if (before == null) {
        map.remove(name);
      } else {
        map.put(name, before);
      }
    }
  }
}
