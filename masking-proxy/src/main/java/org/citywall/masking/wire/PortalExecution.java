// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.List;
import org.citywall.masking.sql.Verdict;
import org.jspecify.annotations.Nullable;

/** Executions of portals, and of cursors as portals. Confined to the session's event loop. */
final class PortalExecution {

  /** What stands in the record for reading a cursor that SQL declared. */
  private static final String FETCH = "FETCH";

  private final Recorder recorder;
  private final SessionState state;

  PortalExecution(Recorder recorder, SessionState state) {
    this.recorder = recorder;
    this.state = state;
  }

  /** Execute. */
  void execute(FrontendMessage message) {
    String name = Messages.strictText(message.body());
    state.names().unsynced();
    state.unnamedPortal().used(name);
    Statements.Portal portal = state.statements().bound(name);
    Preparation preparation = portal == null ? null : portal.preparation();
    Preparation running =
        preparation == null ? new Preparation(state.judging().unknownPortal(FETCH)) : preparation;
    String sql = portal == null || preparation == null ? FETCH : portal.sql();
    Prepared.Judged refused = refused(portal, running.judged(), sql);
    if (state.enforces() && refused.verdict() instanceof Verdict.Refused refusal) {
      state.outgoing().refuse(Fault.of(refusal, ""), state.decisions().of(sql, refused));
      return;
    }
    run(name, sql, running, portal == null ? List.of() : portal.lookUps(), message);
    if (preparation != null) {
      state.sent(running.judged(), sql);
    }
  }

  /** What becomes of it by who is behind it now. */
  private Prepared.Judged refused(
      Statements.@Nullable Portal portal, Prepared.Judged judged, String sql) {
    Actor actor = state.principal().actor(judged.said().own()).forStatement(sql);
    Verdict.Refused nobody = actor.refusal();
    if (nobody != null && judged.touchesData()) {
      return judged.refused(nobody);
    }
    String now = actor.rights().version();
    boolean mayRead =
        state.cursors().isBoundUnder(portal, now) && state.cursors().mayRead(judged.kind(), now);
    return mayRead ? judged : judged.refused(Judging.OLD_CURSOR);
  }

  private void run(
      String name,
      String sql,
      Preparation running,
      List<LookUpTrace> lookedUp,
      FrontendMessage message) {
    Prepared.Judged judged = running.judged();
    Decision decision = state.decisions().of(sql, judged, lookedUp);
    boolean rewritten = !judged.running(sql, state.enforces()).equals(sql);
    // What a cursor or EXECUTE returns is known only when it runs.
    Description description =
        judged.isDescribedOnce() ? running.description() : new Description(judged.rights());
    Execution execution =
        new Execution(
            decision,
            recorder,
            rewritten,
            description,
            judged.metered(state.enforces()),
            state.persons(decision));
    if (!description.comesFirst(state.names().group())) {
      description.asked(state.names().group());
      state
          .pipeline()
          .add(
              state.messages().describe('P', name),
              new Expected(Expected.Kind.DESCRIBE).of(execution).of(description).hide());
    }
    state.changing(judged, execution);
    Expected expected = new Expected(Expected.Kind.EXECUTE).of(execution);
    state.copyIn().begins(sql, judged, expected);
    state.outgoing().send(message.bytes().retain(), sql, decision, expected);
  }
}
