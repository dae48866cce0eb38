// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;

/**
 * What goes to the database once its decision is durable, and what goes in the place of a statement
 * that was refused: a text that the database cannot parse, whose error the refusal replaces.
 * Confined to the session's event loop.
 */
final class Outgoing {

  /** No statement: the database fails at it as it would fail at the client's own. */
  private static final String FAILING = "citywall refused this statement";

  private final Recorder recorder;
  private final Pipeline pipeline;
  private final Messages messages;

  Outgoing(Recorder recorder, Pipeline pipeline, Messages messages) {
    this.recorder = recorder;
    this.pipeline = pipeline;
    this.messages = messages;
  }

  /**
   * Sends a message as soon as its decision is kept.
   *
   * @param sql that it runs
   */
  void send(ByteBuf bytes, String sql, Decision decision, Expected expected) {
    boolean query = expected.kind() == Expected.Kind.QUERY;
    Execution execution = expected.execution();
    MeteredRows metered = execution == null ? null : execution.metered();
    CompletableFuture<Void> decided = recorder.decided(decision);
    if (metered == null) {
      pipeline.add(bytes, decided, why -> failing(query, notRecorded()), expected);
      return;
    }
    // The answers of the extended protocol come when they are asked for. A statement that the
    // database cannot parse or bind must not use up anything, so that they are waited for.
    if (query) {
      pipeline.add(
          messages.close('S', NameTracking.OWN_NAME), new Expected(Expected.Kind.CLOSE).hide());
      pipeline.add(
          messages.parse(NameTracking.OWN_NAME, sql),
          new Expected(Expected.Kind.PARSE).of(execution).hide());
    }
    pipeline.add(messages.empty(FrontendMessage.FLUSH));
    pipeline.addAlone(
        query ? bytes : messages.flushed(bytes),
        () -> decided.thenCompose(kept -> metered.begin()),
        why -> failing(query, notBegun(why)),
        expected);
  }

  /** Keeps what would have been refused, and lets it pass. */
  void observed(Decision decision) {
    recorder.decided(decision);
  }

  /** Has the database fail at the rows of a copy as soon as the decision is kept. */
  void endCopy(Decision decision) {
    pipeline.add(
        copyFail(),
        recorder.decided(decision),
        why -> new Pipeline.Substitute(copyFail(), new Expected(Expected.Kind.COPY_END)),
        new Expected(Expected.Kind.COPY_END));
  }

  private ByteBuf copyFail() {
    return messages.message(FrontendMessage.COPY_FAIL, body -> Messages.text(body, FAILING));
  }

  /** Ends by an error what a grant's cap has cut short; it is the next thing that runs. */
  void capped(boolean query) {
    Fault fault = Fault.error(MaskingErrorCode.ROW_CAP_REACHED, "a grant allows no more rows");
    pipeline.addFirst(failing(query, fault));
  }

  private Pipeline.Substitute failing(boolean query, Fault fault) {
    return query ? failingQuery(fault) : failingParse(fault);
  }

  private static Fault notBegun(Throwable why) {
    Throwable cause =
        why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
    return cause instanceof PlatformException known
            && known.code() instanceof MaskingErrorCode code
            && code != MaskingErrorCode.DECISION_NOT_RECORDED
        ? Fault.error(code, String.valueOf(known.getMessage()).substring(code.id().length() + 1))
        : notRecorded();
  }

  /** Answers a query by a refusal as soon as that is kept. */
  void refuseQuery(Fault fault, Decision decision, Change change) {
    refuseQuery(fault, recorder.decided(decision), change);
  }

  /** Answers what is nobody's statement by a refusal. */
  void refuseQuery(Fault fault, Change change) {
    refuseQuery(fault, Pipeline.NOW, change);
  }

  private void refuseQuery(Fault fault, CompletableFuture<Void> ready, Change change) {
    pipeline.add(
        messages.query(FAILING),
        ready,
        why -> failingQuery(notRecorded()),
        new Expected(Expected.Kind.QUERY).replacedBy(fault).making(change));
  }

  /** Answers a message of the extended protocol by a refusal as soon as that is kept. */
  void refuse(Fault fault, Decision decision) {
    refuseParse(NameTracking.OWN_NAME, fault, decision, Change.NONE);
  }

  /** Answers a Parse by a refusal as soon as that is kept. */
  void refuseParse(String name, Fault fault, Decision decision, Change change) {
    pipeline.add(
        messages.parse(name, FAILING),
        recorder.decided(decision),
        why -> failingParse(notRecorded()),
        new Expected(Expected.Kind.PARSE).replacedBy(fault).making(change));
  }

  private Pipeline.Substitute failingQuery(Fault fault) {
    return new Pipeline.Substitute(
        messages.query(FAILING), new Expected(Expected.Kind.QUERY).replacedBy(fault));
  }

  private Pipeline.Substitute failingParse(Fault fault) {
    return new Pipeline.Substitute(
        messages.parse(NameTracking.OWN_NAME, FAILING),
        new Expected(Expected.Kind.PARSE).replacedBy(fault));
  }

  private static Fault notRecorded() {
    return Fault.error(
        MaskingErrorCode.DECISION_NOT_RECORDED, "the decision could not be recorded");
  }
}
