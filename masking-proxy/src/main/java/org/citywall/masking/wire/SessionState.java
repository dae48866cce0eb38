// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import org.citywall.audit.subject.SubjectKey;
import org.citywall.audit.subject.SubjectTally;
import org.citywall.masking.identity.SentText;
import org.citywall.masking.sql.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of one session share. Confined to the session's event loop.
 *
 * @param enforces false where statements run as the client sent them
 * @param pipeline to the database
 */
record SessionState(
    boolean enforces,
    Principal principal,
    Pipeline pipeline,
    Messages messages,
    Statements statements,
    UnnamedPortal unnamedPortal,
    Assumptions assumptions,
    NameTracking names,
    SqlPrepared sqlPrepared,
    OpenCursors cursors,
    Judging judging,
    LookUpCounting lookUps,
    Decisions decisions,
    Outgoing outgoing,
    CopyIn copyIn,
    SubjectBook subjects) {

  /** What takes whom a statement's rows are about; null where nobody is told apart. */
  @Nullable SubjectTally persons(Decision decision) {
    SubjectKey key = decision.sensitive() ? subjects.key() : null;
    return key == null ? null : new SubjectTally(key);
  }

  /** Nobody is behind the session until what a statement says of that has come true. */
  void changing(Prepared.Judged judged, Execution execution) {
    Said.Naming naming = judged.said().naming();
    if (naming != null && judged.verdict() instanceof Verdict.Allowed) {
      principal.changing();
      execution.changesIdentity(() -> principal.changed(naming));
    }
  }

  /**
   * What a message changes. Where the database skips one that would have changed who is behind the
   * session, who sent it may take it to have done so.
   */
  Change naming(@Nullable Prepared prepared, Change change) {
    boolean names = prepared != null && prepared.judged().said().naming() != null;
    return names ? change.and(new Change(() -> {}, principal::lost)) : change;
  }

  /** Notes what was refused. */
  void refused(SentText sent) {
    if (sent.setting() != null) {
      principal.lost();
    }
  }

  /** Notes what a statement that was just sent may change. */
  void sent(Prepared.Judged judged, String sql) {
    cursors.declared(judged.kind(), sql, judged.policyVersion());
    if (!judged.said().replaced()) {
      names.sent(judged.kind());
    }
    sqlPrepared.sent(judged, sql);
  }
}
