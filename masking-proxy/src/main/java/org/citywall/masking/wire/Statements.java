// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prepared statements and portals of a session as they are when everything sent has succeeded; what
 * did not is taken back. Confined to the session's event loop.
 */
final class Statements {

  private static final String UNNAMED = "";

  private static final Pattern EXECUTE =
      Pattern.compile("(?is)\\s*execute\\s+(?:\"(\\w+)\"|(\\w+))\\s*(?:[(;].*)?");

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

  /** Forgets a statement or a portal; the result takes that back. */
  Runnable close(char kind, String name) {
    Map<String, Prepared> map = kind == 'S' ? byName : portals;
    Prepared before = map.remove(name);
    return () -> restore(map, name, null, before);
  }

  /** A simple query ends the unnamed statement and portal; the result takes that back. */
  Runnable forgetUnnamed() {
    Runnable statement = close('S', UNNAMED);
    Runnable portal = close('P', UNNAMED);
    return () -> {
      statement.run();
      portal.run();
    };
  }

  /**
   * Whether what an SQL EXECUTE may mean was last judged under these versions: the statement that
   * it names, or every one where its name is not plain to see.
   */
  boolean areJudgedUnder(String lasting, String execute) {
    Matcher named = EXECUTE.matcher(execute);
    String name =
        !named.matches()
            ? UNNAMED
            : named.group(1) == null ? named.group(2).toLowerCase(Locale.ROOT) : named.group(1);
    return byName.values().stream()
        .filter(prepared -> !prepared.name().isEmpty())
        .filter(prepared -> name.isEmpty() || name.equals(prepared.name()))
        .allMatch(prepared -> prepared.judged().lasting().equals(lasting));
  }

  /** Between transactions there is no portal. */
  void forgetPortals() {
    portals.clear();
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
