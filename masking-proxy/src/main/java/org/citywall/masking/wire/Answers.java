// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * What the database answers, on its way to the client: refused statements get their refusal, errors
 * lose their values, the provenance of columns is looked at before a row passes, and what the
 * client did not ask for stays here. Confined to the session's event loop.
 */
final class Answers {

  private static final Set<StatementKind> COPIES =
      EnumSet.of(StatementKind.COPY_OUT, StatementKind.SEVERAL);

  /** SQLSTATE of a statement in a transaction that has failed. */
  private static final String ABORTED = "25P02";

  /** SQLSTATE of a result that a grant's cap cut short. */
  private static final String CAPPED = "42501";

  private final Session session;
  private final Pipeline pipeline;
  private final Outlet client;
  private final Messages messages;
  private char transaction = 'I';
  private boolean cut;
  private Runnable cancelling = () -> {};
  private final Deadlines deadlines;

  Answers(
      Session session, Pipeline pipeline, Outlet client, Messages messages, Deadlines deadlines) {
    this.deadlines = deadlines;
    this.session = session;
    this.pipeline = pipeline;
    this.client = client;
    this.messages = messages;
  }

  /** Whether the client has got the beginning of a row and not its end. */
  boolean isCut() {
    return cut;
  }

  /** {@code I} between transactions, {@code T} in one, {@code E} in one that failed. */
  char transactionState() {
    return transaction;
  }

  void onCancel(Runnable act) {
    cancelling = act;
  }

  void cancel() {
    cancelling.run();
  }

  /** Takes a message; the caller releases it. */
  void take(BackendMessage message) {
    switch (message) {
      case BackendMessage.Rows rows -> rows(rows);
      case BackendMessage.Whole whole -> whole(whole);
    }
  }

  private void rows(BackendMessage.Rows rows) {
    Expected current = current();
    Expected.Names names = current.names();
    if (names != null) {
      names.add(rows.bytes());
      return;
    }
    Execution execution = current.execution();
    if (execution == null || session.enforces() && !execution.description().isGood()) {
      session.blocked("rows that nobody described");
      return;
    }
    MeteredRows metered = execution.metered();
    if (metered != null) {
      metered(rows, metered, execution);
      return;
    }
    execution.sent(rows.rows());
    execution.passing(rows.bytes());
    cut = !rows.whole();
    client.write(rows.bytes().retain());
  }

  /** As many rows as the grants allow by which they are shown. */
  private void metered(BackendMessage.Rows rows, MeteredRows metered, Execution execution) {
    ByteBuf bytes = rows.bytes();
    int length = metered.passing(bytes);
    int left = bytes.readableBytes() - length;
    execution.passing(bytes.slice(bytes.readerIndex(), length));
    client.write(bytes.retainedSlice(bytes.readerIndex(), length));
    execution.sent(metered.takePassed());
    cut = metered.isCut();
    if (left > 0 && !metered.isCapped()) {
      ByteBuf rest = bytes.retainedSlice(bytes.readerIndex() + length, left);
      session.hold(metered, new BackendMessage.Rows(rest, 0, rows.whole()));
    }
  }

  private static boolean isCapped(Expected expected) {
    Execution execution = expected.execution();
    return execution != null && execution.isCapped();
  }

  private Expected current() {
    Expected current = pipeline.current();
    if (current == null) {
      throw new ProtocolFault("an answer that nobody waits for");
    }
    return current;
  }

  private void whole(BackendMessage.Whole message) {
    switch (message.type()) {
      case BackendMessage.PARAMETER_STATUS -> parameter(message);
      case BackendMessage.NOTICE -> notice(message);
      case BackendMessage.NOTIFICATION -> {
        // Nobody listens through the proxy.
      }
      case BackendMessage.ERROR -> error(message);
      case BackendMessage.READY -> ready(message);
      case BackendMessage.ROW_DESCRIPTION -> rowDescription(message);
      case BackendMessage.COMMAND_COMPLETE -> commandComplete(message);
      case BackendMessage.PARSE_COMPLETE -> ends(message, Expected.Kind.PARSE);
      case BackendMessage.BIND_COMPLETE -> ends(message, Expected.Kind.BIND);
      case BackendMessage.CLOSE_COMPLETE -> ends(message, Expected.Kind.CLOSE);
      case BackendMessage.NO_DATA -> noData(message);
      case BackendMessage.PARAMETER_DESCRIPTION -> {
        require(Expected.Kind.DESCRIBE);
        forward(message, current());
      }
      case BackendMessage.EMPTY_QUERY, BackendMessage.PORTAL_SUSPENDED -> endsRun(message);
      case BackendMessage.COPY_OUT -> copyOut(message);
      case BackendMessage.COPY_IN -> {
        forward(message, current());
        pipeline.copiesIn();
      }
      case BackendMessage.COPY_DONE -> forward(message, current());
      default -> throw new ProtocolFault("a message of type " + message.type());
    }
  }

  private void require(Expected.Kind kind) {
    if (current().kind() != kind) {
      throw new ProtocolFault("not the answer that is owed");
    }
  }

  private void forward(BackendMessage.Whole message, Expected expected) {
    if (!expected.hidden() && !isCapped(expected)) {
      client.write(message.bytes().retain());
    }
  }

  private void ends(BackendMessage.Whole message, Expected.Kind kind) {
    require(kind);
    Expected ended = pipeline.done();
    forward(message, ended);
    ended.finish();
  }

  private void rowDescription(BackendMessage.Whole message) {
    Expected current = current();
    if (current.names() != null) {
      return;
    }
    Optional<String> violation =
        session.enforces() ? violation(message, current) : Optional.empty();
    if (violation.isPresent()) {
      session.blocked(violation.get());
      return;
    }
    described(current);
    Description description = current.description();
    if (description != null) {
      description.subjects(session.subjects(message.body()));
    }
    forward(message, current);
    if (current.kind() == Expected.Kind.DESCRIBE) {
      pipeline.done();
    }
  }

  private static void described(Expected current) {
    Description description = current.description();
    if (description != null) {
      description.found(true);
    }
  }

  private Optional<String> violation(BackendMessage.Whole message, Expected current) {
    Description description = current.description();
    return session.violation(message.body(), description == null ? null : description.rights());
  }

  private void noData(BackendMessage.Whole message) {
    require(Expected.Kind.DESCRIBE);
    described(current());
    forward(message, pipeline.done());
  }

  private void copyOut(BackendMessage.Whole message) {
    Expected current = current();
    Execution execution = current.execution();
    // The gate lets only COPY of a query pass that it has rewritten.
    if (execution != null && COPIES.contains(execution.decision().kind())) {
      execution.description().found(true);
    }
    forward(message, current);
  }

  private void commandComplete(BackendMessage.Whole message) {
    Expected current = current();
    Execution execution = current.execution();
    if (execution != null) {
      ByteBuf body = message.body();
      String tag = body.toString(body.readerIndex(), body.readableBytes() - 1, UTF_8);
      execution.tag(tag);
      if (NameTracking.ENDS_TRANSACTION.contains(execution.decision().kind())) {
        // whatever the state is now, it is no longer the one of before
        transaction = 'T';
      }
      session.completed(tag, execution.decision());
      if (current.kind() == Expected.Kind.QUERY) {
        // The next statement of the text has a description of its own.
        execution.description().found(false);
      }
    }
    endsRun(message);
  }

  private void endsRun(BackendMessage.Whole message) {
    Expected current = current();
    if (current.kind() == Expected.Kind.EXECUTE) {
      pipeline.done();
      forward(message, current);
      endCapped(current);
      end(current.execution());
      Expected.Names names = current.names();
      if (names != null) {
        names.finish();
      }
    } else {
      require(Expected.Kind.QUERY);
      forward(message, current);
    }
  }

  /** The client learns by an error that it has not got all. */
  private void endCapped(Expected current) {
    Execution execution = current.execution();
    if (execution != null && execution.isCapped()) {
      execution.failed(CAPPED);
      session.capped(current.kind() == Expected.Kind.QUERY);
    }
  }

  private static void end(@Nullable Execution execution) {
    if (execution != null) {
      execution.end();
    }
  }

  private void ready(BackendMessage.Whole message) {
    Expected current = current();
    if (current.kind() != Expected.Kind.QUERY) {
      require(Expected.Kind.SYNC);
    }
    transaction = (char) message.body().readByte();
    pipeline.done();
    endCapped(current);
    end(current.execution());
    session.principal().ready(transaction);
    forward(message, current);
    if (transaction == 'I' && pipeline.isIdle()) {
      session.betweenTransactions();
    }
    current.finish();
  }

  private void error(BackendMessage.Whole message) {
    Expected current = pipeline.current();
    session.principal().failed();
    if (current == null || ErrorScrubber.isFatal(message.body())) {
      client.write(ErrorScrubber.scrubbed(messages, message, true));
      return;
    }
    if (current.isOwn() && ABORTED.equals(ErrorScrubber.state(message.body()))) {
      // names cannot be asked for, and nothing that needs them will run
      current.undo();
      pipeline.failed();
      return;
    }
    if (current.isOwn()) {
      session.end(Fault.fatal(MaskingErrorCode.SCHEMA_UNREADABLE, "58000"));
      return;
    }
    String state = ErrorScrubber.state(message.body());
    Fault replacement = deadlines.isOver(state) ? Deadlines.OVER : current.replacement();
    Execution execution = current.execution();
    if (execution != null) {
      execution.failed(state);
    }
    if (replacement != null) {
      client.write(messages.error(replacement));
    } else if (execution == null || execution.decision().sensitive()) {
      boolean rewritten = execution == null || execution.rewritten();
      client.write(ErrorScrubber.scrubbed(messages, message, rewritten));
    } else {
      client.write(message.bytes().retain());
    }
    if (current.kind() != Expected.Kind.QUERY) {
      end(execution);
      current.undo();
    }
    pipeline.failed();
  }

  private void notice(BackendMessage.Whole message) {
    Expected current = pipeline.current();
    if (current == null || current.hidden()) {
      return;
    }
    Execution execution = current.execution();
    boolean open = execution != null && !execution.decision().sensitive();
    client.write(open ? message.bytes().retain() : ErrorScrubber.scrubbed(messages, message, true));
  }

  private void parameter(BackendMessage.Whole message) {
    ByteBuf body = message.body();
    String name = Messages.text(body);
    String given = Messages.text(body);
    if (name.equals("application_name")) {
      session.principal().renamed(given);
    }
    ParameterStatus.shown(name, given, session.principal().login().account().name())
        .ifPresent(value -> client.write(messages.parameter(name, value)));
  }
}
