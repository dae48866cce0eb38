// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * By which policy the cursors of a session were opened: what they go on to return is masked by that
 * one, whatever holds by now. Confined to the session's event loop.
 */
final class OpenCursors {

  private final Set<String> cursors = new HashSet<>();
  private boolean held;

  /** A statement that may declare a cursor. */
  void declared(StatementKind kind, String sql, String policyVersion) {
    if (kind == StatementKind.DECLARE || kind == StatementKind.SEVERAL) {
      cursors.add(policyVersion);
      held |= sql.toLowerCase(Locale.ROOT).contains("hold");
    }
  }

  /** Whether a portal was bound by this policy; one that no message bound counts as a cursor. */
  boolean isBoundUnder(Statements.@Nullable Portal portal, String policyVersion) {
    return portal == null
        ? areDeclaredUnder(policyVersion)
        : portal.policyVersion().equals(policyVersion);
  }

  /** Whether this is so for a statement that may read a cursor. */
  boolean mayRead(@Nullable StatementKind kind, String policyVersion) {
    boolean reads = kind == StatementKind.FETCH || kind == StatementKind.SEVERAL;
    return !reads || areDeclaredUnder(policyVersion);
  }

  private boolean areDeclaredUnder(String policyVersion) {
    return cursors.isEmpty() || Set.of(policyVersion).containsAll(cursors);
  }

  /** Between transactions only cursors are left that were declared to be held. */
  void endTransaction() {
    if (!held) {
      cursors.clear();
    }
  }

  /** Everything is closed. */
  void forget() {
    held = false;
    endTransaction();
  }
}
