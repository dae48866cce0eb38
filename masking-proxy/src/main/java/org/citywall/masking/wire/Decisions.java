// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.List;
import java.util.Set;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.Verdict;

/** What was decided about statements, for the record. Confined to the session's event loop. */
final class Decisions {

  private final Principal principal;
  private long count;

  Decisions(Principal principal) {
    this.principal = principal;
  }

  /** What becomes of a statement that looks nothing up. */
  Decision of(String sql, Prepared.Judged judged) {
    return of(sql, judged, List.of());
  }

  /** What becomes of a statement that the person of this moment sent. */
  Decision of(String sql, Prepared.Judged judged, List<LookUpTrace> lookedUp) {
    String id = principal.login().id() + '-' + ++count;
    Access access = principal.access(judged.said().own());
    return switch (judged.verdict()) {
      case Verdict.Allowed allowed ->
          new Decision(
              id,
              access,
              sql,
              allowed.kind(),
              allowed.masked() ? Decision.Outcome.MASK : Decision.Outcome.ALLOW,
              null,
              "",
              judged.policyVersion(),
              allowed.tables(),
              allowed.uses(),
              isSensitive(allowed, access.actor().rights()),
              lookedUp);
      case Verdict.Refused refused ->
          new Decision(
              id,
              access,
              sql,
              null,
              Decision.Outcome.DENY,
              refused.code(),
              refused.reason(),
              judged.policyVersion(),
              Set.of(),
              List.of(),
              true);
    };
  }

  private static boolean isSensitive(Verdict.Allowed allowed, Rights rights) {
    if (allowed.masked()) {
      return true;
    }
    for (TableName table : allowed.tables()) {
      if (rights.catalogued(table)) {
        return true;
      }
    }
    return false;
  }
}
