// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.sql.SqlGate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that has logged in and its connection to the database. Takes the client's messages one
 * after the other: what is judged elsewhere holds the next ones up. Confined to its event loop.
 */
final class Session {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private static final int MANY_WAITING = 256;

  /** Messages that are read on while others are held up, so that the client's end is noticed. */
  private static final int MANY_HELD = 16;

  /** How long a client may take to read why its session ended. */
  private static final int LAST_WORD_SECONDS = 5;

  private static final String DISCARD_ALL = "DISCARD ALL";

  private final SqlGate gate;
  private final Channel client;
  private final Channel backend;
  private final Outlet toClient;
  private final Outlet toBackend;
  private final Deadlines deadlines;
  private final Answers answers;
  private final SessionState state;
  private final SimpleQuery simple;
  private final ExtendedQuery extended;
  private final PortalExecution portals;
  private final IdentityBarrier barrier;
  private final Pipeline pipeline;
  private final Messages messages;
  private final Deque<FrontendMessage> inbox = new ArrayDeque<>();

  private final Deque<BackendMessage> heldAnswers = new ArrayDeque<>();

  private boolean answersHeld;
  private boolean busy;
  private boolean closed;

  /**
   * @param claim what the client said at the start of who is behind it
   */
  Session(Wire wire, Access access, Claim claim, Channel client, Channel backend) {
    this.gate = wire.gate();
    this.client = client;
    this.backend = backend;
    this.messages = new Messages(client.alloc());
    this.toClient = new Outlet(client);
    this.toBackend = new Outlet(backend);
    this.pipeline =
        new Pipeline(toBackend, backend.eventLoop(), () -> messages.empty(FrontendMessage.SYNC));
    this.deadlines = new Deadlines(this, pipeline, wire.config().limits().times());
    this.answers = new Answers(this, pipeline, toClient, messages, deadlines);
    this.state = state(wire, access, claim);
    this.barrier = new IdentityBarrier(state.principal(), pipeline, messages);
    this.simple = new SimpleQuery(wire.recorder(), state);
    this.extended = new ExtendedQuery(state);
    this.portals = new PortalExecution(wire.recorder(), state);
  }

  private SessionState state(Wire wire, Access access, Claim claim) {
    Principal principal = new Principal(access, claim);
    NameTracking names = new NameTracking(access.id(), wire.schemas(), pipeline, answers, messages);
    Statements statements = new Statements();
    SqlPrepared sqlPrepared = new SqlPrepared(statements);
    OpenCursors cursors = new OpenCursors();
    Decisions decisions = new Decisions(principal);
    Outgoing outgoing = new Outgoing(wire.recorder(), pipeline, messages);
    return new SessionState(
        wire.config().enforce(),
        principal,
        pipeline,
        messages,
        statements,
        new UnnamedPortal(pipeline, messages),
        new Assumptions(this::resume),
        names,
        sqlPrepared,
        cursors,
        new Judging(this, wire, principal, names, sqlPrepared, cursors),
        new LookUpCounting(this, wire.lookUps(), principal, wire.config().enforce()),
        decisions,
        outgoing,
        new CopyIn(wire.config().enforce(), pipeline, decisions, outgoing),
        wire.subjects());
  }

  Principal principal() {
    return state.principal();
  }

  Channel client() {
    return client;
  }

  boolean enforces() {
    return state.enforces();
  }

  /**
   * What the person may see of relations as they are now known.
   *
   * @param judgedBy rights by which the statement was judged; null for those of now
   */
  Optional<String> violation(ByteBuf rowDescription, @Nullable Rights judgedBy) {
    Rights rights = judgedBy == null ? state.principal().rights(null) : judgedBy;
    return new ProvenanceGuard(gate, state.names().schema(), rights).violation(rowDescription);
  }

  /** Places of columns that say whom a row is about; none where nobody is told apart. */
  BitSet subjects(ByteBuf rowDescription) {
    SubjectBook book = state.subjects();
    return book.key() == null
        ? new BitSet()
        : new SubjectColumns(book, state.names().schema()).places(rowDescription);
  }

  /** Takes a message of the client. */
  void fromClient(FrontendMessage message) {
    if (closed) {
      message.release();
      return;
    }
    inbox.add(message);
    pump();
  }

  private void pump() {
    while (!busy
        && !closed
        && !inbox.isEmpty()
        && !state.assumptions().areOpen()
        && !barrier.stops(inbox.getFirst())) {
      FrontendMessage message = inbox.removeFirst();
      state.principal().taking();
      try {
        handle(message);
      } catch (ProtocolFault | IndexOutOfBoundsException e) {
        end(Fault.fatal(MaskingErrorCode.WIRE_FAULT, "08P01"));
      } finally {
        state.principal().took();
        message.release();
      }
    }
    regulate();
  }

  /** A side has said all that it had to say for now. */
  void pause() {
    toBackend.flush();
    toClient.flush();
    regulate();
  }

  /** Takes what was held up, once what happens now has ended. */
  private void resume() {
    if (!inbox.isEmpty()) {
      client
          .eventLoop()
          .execute(
              () -> {
                pump();
                pause();
              });
    }
  }

  /** Reads from the client only as fast as the database takes it, and the other way round. */
  void regulate() {
    if (!closed) {
      client
          .config()
          .setAutoRead(
              !busy
                  && !barrier.isUp()
                  && backend.isWritable()
                  && pipeline.waiting() < MANY_WAITING
                  && inbox.size() < MANY_HELD);
      backend.config().setAutoRead(client.isWritable() && !answersHeld);
    }
  }

  /** Takes a message of the database. */
  void fromBackend(BackendMessage message) {
    if (answersHeld) {
      heldAnswers.add(message);
    } else {
      take(message);
    }
  }

  /** Holds back the rest of a run of rows until it is known whether more of them may pass. */
  void hold(MeteredRows metered, BackendMessage rest) {
    answersHeld = true;
    heldAnswers.addFirst(rest);
    regulate();
    metered
        .more()
        .whenComplete(
            (some, failure) ->
                client
                    .eventLoop()
                    .execute(
                        () -> {
                          if (failure != null || !some) {
                            metered.cap();
                          }
                          takeHeld();
                        }));
  }

  private void takeHeld() {
    answersHeld = false;
    while (!answersHeld && !heldAnswers.isEmpty()) {
      take(heldAnswers.removeFirst());
    }
    pause();
  }

  private void take(BackendMessage message) {
    try {
      if (!closed) {
        answers.take(message);
        if (barrier.isUp()) {
          pump();
        }
      }
    } catch (ProtocolFault | IndexOutOfBoundsException e) {
      LOG.atError().setCause(e).log("the database does not speak the protocol");
      end(Fault.fatal(MaskingErrorCode.BACKEND_UNREACHABLE, "08P01"));
    } finally {
      message.bytes().release();
    }
  }

  private void handle(FrontendMessage message) {
    switch (message.type()) {
      case FrontendMessage.QUERY -> simple.query(Messages.strictText(message.body()));
      case FrontendMessage.PARSE -> extended.parse(message.body());
      case FrontendMessage.BIND -> extended.bind(message);
      case FrontendMessage.DESCRIBE -> extended.describe(message);
      case FrontendMessage.EXECUTE -> portals.execute(message);
      case FrontendMessage.CLOSE -> extended.close(message);
      case FrontendMessage.SYNC -> {
        state.names().synced();
        state.names().transactionMayEnd();
        state.unnamedPortal().synced();
        pipeline.add(
            messages.empty(FrontendMessage.SYNC),
            state.assumptions().upTo(new Expected(Expected.Kind.SYNC)));
      }
      case FrontendMessage.FLUSH -> pipeline.add(messages.empty(FrontendMessage.FLUSH));
      case FrontendMessage.COPY_DATA -> state.copyIn().data(message);
      case FrontendMessage.COPY_DONE, FrontendMessage.COPY_FAIL -> state.copyIn().end(message);
      case FrontendMessage.FUNCTION_CALL -> simple.functionCall();
      case FrontendMessage.TERMINATE -> end(null);
      default -> throw new ProtocolFault("a message of type " + message.type());
    }
  }

  /** The client's next message waits. */
  void hold() {
    busy = true;
  }

  /** Ends the waiting: does what was waited for, and takes what has come meanwhile. */
  void goOn(Runnable act) {
    busy = false;
    if (!closed) {
      act.run();
      pump();
      pause();
    }
  }

  /** A statement ended. */
  void completed(String tag, Decision decision) {
    state.principal().completed(tag, decision);
    state.sqlPrepared().completed(tag, pipeline);
    if (tag.equals(DISCARD_ALL) && pipeline.waiting() == 0) {
      state.cursors().forget();
    }
  }

  /** No transaction, and nothing on its way. */
  void betweenTransactions() {
    if (inbox.isEmpty() && !busy) {
      state.statements().forgetPortals();
      state.cursors().endTransaction();
    }
  }

  /** A grant's cap cut a result short. */
  void capped(boolean query) {
    state.outgoing().capped(query);
  }

  /** Something protected was about to be shown: nothing of it goes out, and the session ends. */
  void blocked(String what) {
    LOG.atError()
        .addKeyValue("error.code", MaskingErrorCode.PROVENANCE_BLOCKED.id())
        .addKeyValue("user.name", state.principal().login().account().name())
        .addKeyValue("db.columns", what)
        .log("a protected column arrived without its mask; the session is ended");
    end(Fault.fatal(MaskingErrorCode.PROVENANCE_BLOCKED, "42501"));
  }

  /** Ends the session; tells the client why, where there is a reason. */
  void end(@Nullable Fault why) {
    if (closed) {
      return;
    }
    closed = true;
    boolean running = !pipeline.isIdle();
    pipeline.close();
    inbox.forEach(message -> message.release());
    inbox.clear();
    if (running) {
      cancel();
    }
    toBackend.close(messages.empty(FrontendMessage.TERMINATE));
    toClient.close(why == null || answers.isCut() ? client.alloc().buffer(0) : messages.error(why));
    client.eventLoop().schedule(() -> client.close(), LAST_WORD_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends the session of a client that has taken nothing of what waits for it for too long. */
  void unread() {
    ChannelOutboundBuffer waiting = client.unsafe().outboundBuffer();
    if (closed || waiting == null || waiting.totalPendingWriteBytes() == 0) {
      return;
    }
    LOG.atWarn()
        .addKeyValue("error.code", MaskingErrorCode.CLIENT_DOES_NOT_READ.id())
        .addKeyValue("user.name", state.principal().login().account().name())
        .addKeyValue("source.address", state.principal().login().address())
        .log("the client does not read; its session is ended");
    end(null);
    client.config().setOption(ChannelOption.SO_LINGER, 0);
    client.close();
  }

  /** Keeps to the times that there are for statements and transactions, from now on. */
  void watch() {
    deadlines.watch(client.eventLoop());
  }

  /** Has the database end what runs. */
  void cancel() {
    answers.cancel();
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether the client has a transaction open in which nothing runs. */
  boolean isIdleInTransaction() {
    boolean open = answers.transactionState() != 'I' || state.names().isUnsynced();
    return open && isIdle() && inbox.isEmpty();
  }

  /** Whether nothing runs, waits or is open. */
  boolean isAtRest() {
    return isIdle() && inbox.isEmpty() && !isIdleInTransaction();
  }

  /** Has the database end what runs, because the client is gone. */
  void onCancel(Runnable act) {
    answers.onCancel(act);
  }

  /** How the database was left when the log-in ended: between transactions. */
  boolean isIdle() {
    return pipeline.isIdle() && !busy;
  }
}
