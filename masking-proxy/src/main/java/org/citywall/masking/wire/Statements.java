// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Prepared statements and portals of a session as they are when everything sent has succeeded; what
 * did not is taken back. Confined to the session's event loop.
 */
final class Statements {

  private static final String UNNAMED = "";

  private static final Pattern EXECUTE =
      Pattern.compile("(?is)\\s*execute\\s+(?:\"(\\w+)\"|(\\w+))\\s*(?:[(;].*)?");

  private final Assumed<Prepared> byName = new Assumed<>();
  private final Assumed<Portal> portals = new Assumed<>();

  /**
   * A portal that a message bound. What its statement becomes later does not change it.
   *
   * @param sql of the statement as the client sent it
   * @param preparation of the statement; null where SQL prepared it
   * @param policyVersion by which it was bound
   * @param lookUps values that it was bound to and that were counted
   */
  record Portal(
      String sql,
      @Nullable Preparation preparation,
      String policyVersion,
      List<LookUpTrace> lookUps) {}

  Change put(Prepared prepared) {
    return byName.set(prepared.name(), prepared);
  }

  @Nullable Prepared find(String name) {
    return byName.get(name);
  }

  Change bind(
      String portal, @Nullable Prepared prepared, String policyVersion, List<LookUpTrace> lookUps) {
    Portal bound =
        prepared == null
            ? new Portal("", null, policyVersion, lookUps)
            : new Portal(prepared.sql(), prepared.current(), policyVersion, lookUps);
    return portals.set(portal, bound);
  }

  /** What is known of what a statement, or a portal, returns; null where there is none such. */
  @Nullable Description description(char kind, String name) {
    Preparation preparation = null;
    if (kind == 'S') {
      Prepared prepared = byName.get(name);
      preparation = prepared == null ? null : prepared.current();
    } else {
      Portal portal = portals.get(name);
      preparation = portal == null ? null : portal.preparation();
    }
    return preparation == null ? null : preparation.description();
  }

  /** The portal of this name; null where no message bound it. */
  @Nullable Portal bound(String portal) {
    return portals.get(portal);
  }

  /** Forgets a statement or a portal. */
  Change close(char kind, String name) {
    return kind == 'S' ? byName.set(name, null) : portals.set(name, null);
  }

  /** A simple query ends the unnamed statement and portal. */
  Change forgetUnnamed() {
    return close('S', UNNAMED).and(close('P', UNNAMED));
  }

  /**
   * Whether what an SQL EXECUTE may mean was last judged under these versions: the statement that
   * it names, or every one where its name is not plain to see.
   */
  boolean areJudgedUnder(String lasting, String execute) {
    return meant(execute).allMatch(prepared -> prepared.judged().lasting().equals(lasting));
  }

  /** Whether what an SQL EXECUTE may mean looks rows up, by values that only the database sees. */
  boolean mayLookUp(String execute) {
    return meant(execute).anyMatch(prepared -> !prepared.judged().lookUps().isEmpty());
  }

  private Stream<Prepared> meant(String execute) {
    Matcher named = EXECUTE.matcher(execute);
    String name =
        !named.matches()
            ? UNNAMED
            : named.group(1) == null ? named.group(2).toLowerCase(Locale.ROOT) : named.group(1);
    return byName.values().stream()
        .filter(prepared -> !prepared.name().isEmpty())
        .filter(prepared -> name.isEmpty() || name.equals(prepared.name()));
  }

  /** Between transactions there is no portal. */
  void forgetPortals() {
    portals.clear();
  }
}
