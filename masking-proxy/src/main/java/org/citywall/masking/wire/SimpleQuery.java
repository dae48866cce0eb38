// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.List;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.identity.SentText;
import org.citywall.masking.sql.Verdict;

/** Statements in the simple query protocol. Confined to the session's event loop. */
final class SimpleQuery {

  private final Recorder recorder;
  private final SessionState state;

  SimpleQuery(Recorder recorder, SessionState state) {
    this.recorder = recorder;
    this.state = state;
  }

  /** Query. */
  void query(String text) {
    SentText sent = state.judging().read(text);
    state
        .judging()
        .judge(
            sent,
            judged ->
                state
                    .lookUps()
                    .count(
                        judged,
                        counted -> {
                          state.names().synced();
                          judged(sent, counted.judged(), counted.traces());
                          // a query may be the end of a transaction
                          state.names().transactionMayEnd();
                        }));
  }

  private void judged(SentText sent, Prepared.Judged judged, List<LookUpTrace> lookedUp) {
    String sql = sent.sql();
    state.unnamedPortal().queried();
    Change change = state.statements().forgetUnnamed();
    Decision decision = state.decisions().of(sql, judged, lookedUp);
    switch (judged.verdict()) {
      case Verdict.Refused refused -> {
        state.refused(sent);
        if (state.enforces()) {
          state.outgoing().refuseQuery(Fault.of(refused, sql), decision, change);
        } else {
          run(sql, judged, decision, change);
        }
      }
      case Verdict.Allowed allowed -> {
        run(sql, judged, decision, change);
        state.sent(judged, sql);
      }
    }
  }

  private void run(String sql, Prepared.Judged judged, Decision decision, Change change) {
    String running = judged.running(sql, state.enforces());
    Description description = new Description(judged.rights());
    Execution execution =
        new Execution(
            decision,
            recorder,
            !running.equals(sql),
            description,
            judged.metered(state.enforces()),
            state.persons(decision));
    state.changing(judged, execution);
    Expected expected =
        new Expected(Expected.Kind.QUERY).of(execution).of(description).making(change);
    state.copyIn().begins(sql, judged, expected);
    state.outgoing().send(state.messages().query(running), running, decision, expected);
  }

  /** FunctionCall, which is refused: nobody could say what the function reads. */
  void functionCall() {
    state
        .outgoing()
        .refuseQuery(
            Fault.error(MaskingErrorCode.FUNCTION_CALL_REFUSED, "FunctionCall"),
            state.statements().forgetUnnamed());
  }
}
