// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client that has logged in and its connection to the database. Takes the client's messages one
 * after the other: what is judged elsewhere holds the next ones up. Confined to its event loop.
 */
final class Session {

  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  /** No statement: the database fails at it as it would fail at the client's own. */
  private static final String FAILING = "citywall refused this statement";

  /** Of the proxy's own statement and portal. */
  private static final String OWN_NAME = "citywall names";

  private static final int MANY_WAITING = 256;

  private final Wire wire;
  private Access access;
  private final Channel client;
  private final Channel backend;
  private final Messages messages;
  private final Pipeline pipeline;
  private final Answers answers;
  private final Statements statements = new Statements();
  private final Deque<FrontendMessage> inbox = new ArrayDeque<>();
  private SessionNames names = SessionNames.NONE;
  private boolean namesStale = true;
  private boolean namesChangedInTransaction;
  private boolean busy;
  private boolean unsynced;
  private boolean closed;

  Session(Wire wire, Access access, Channel client, Channel backend) {
    this.wire = wire;
    this.access = access;
    this.client = client;
    this.backend = backend;
    this.messages = new Messages(client.alloc());
    this.pipeline = new Pipeline(backend);
    this.answers = new Answers(this, pipeline, messages);
  }

  Access access() {
    return access;
  }

  /** The client calls itself otherwise from now on. */
  void renamed(String application) {
    access =
        new Access(access.id(), access.account(), access.address(), access.database(), application);
  }

  Channel client() {
    return client;
  }

  boolean enforces() {
    return wire.config().enforce();
  }

  /** What the person may see of relations as they are now known. */
  Optional<String> violation(ByteBuf rowDescription) {
    Rights rights = access.account().rights().get();
    SessionSchema schema = new SessionSchema(wire.schemas().newest(), names);
    return ProvenanceGuard.violation(rowDescription, schema, rights);
  }

  /** Takes a message of the client. */
  void fromClient(FrontendMessage message) {
    if (closed) {
      message.body().release();
      return;
    }
    inbox.add(message);
    pump();
  }

  private void pump() {
    while (!busy && !closed && !inbox.isEmpty()) {
      FrontendMessage message = inbox.removeFirst();
      try {
        handle(message);
      } catch (ProtocolFault e) {
        end(Fault.fatal(MaskingErrorCode.WIRE_FAULT, "08P01"));
      } finally {
        message.body().release();
      }
    }
    backend.flush();
    regulate();
  }

  /** Reads from the client only as fast as the database takes it, and the other way round. */
  void regulate() {
    if (!closed) {
      client
          .config()
          .setAutoRead(!busy && backend.isWritable() && pipeline.waiting() < MANY_WAITING);
      backend.config().setAutoRead(client.isWritable());
    }
  }

  /** Takes a message of the database. */
  void fromBackend(BackendMessage message) {
    try {
      if (!closed) {
        answers.take(message);
      }
    } catch (ProtocolFault | IndexOutOfBoundsException e) {
      LOG.atError().setCause(e).log("the database does not speak the protocol");
      end(Fault.fatal(MaskingErrorCode.BACKEND_UNREACHABLE, "08P01"));
    } finally {
      message.bytes().release();
    }
  }

  private void handle(FrontendMessage message) {
    ByteBuf body = message.body();
    switch (message.type()) {
      case FrontendMessage.QUERY -> query(Messages.text(body));
      case FrontendMessage.PARSE -> parse(body);
      case FrontendMessage.BIND -> bind(body);
      case FrontendMessage.DESCRIBE -> describe(body);
      case FrontendMessage.EXECUTE -> execute(body);
      case FrontendMessage.CLOSE -> closeOne(body);
      case FrontendMessage.SYNC -> {
        unsynced = false;
        pipeline.add(messages.empty(FrontendMessage.SYNC), new Expected(Expected.Kind.SYNC));
      }
      case FrontendMessage.FLUSH -> pipeline.add(messages.empty(FrontendMessage.FLUSH));
      case FrontendMessage.COPY_DATA, FrontendMessage.COPY_DONE, FrontendMessage.COPY_FAIL ->
          pipeline.add(messages.withHead(message.type(), body));
      case FrontendMessage.FUNCTION_CALL ->
          refuseQuery(
              Fault.error(MaskingErrorCode.FUNCTION_CALL_REFUSED, "FunctionCall"), Pipeline.NOW);
      case FrontendMessage.TERMINATE -> end(null);
      default -> throw new ProtocolFault("a message of type " + message.type());
    }
  }

  private void query(String sql) {
    judge(
        sql,
        judged -> {
          unsynced = false;
          statements.forgetUnnamed();
          Decision decision = decision(sql, judged);
          CompletableFuture<Void> ready = keep(decision);
          switch (judged.verdict()) {
            case Verdict.Refused refused when enforces() ->
                refuseQuery(Fault.of(refused, sql), ready);
            case Verdict.Refused refused -> runQuery(sql, sql, decision, ready);
            case Verdict.Allowed allowed -> {
              runQuery(sql, enforces() ? allowed.sql() : sql, decision, ready);
              noteNames(allowed.kind());
            }
          }
        });
  }

  private void runQuery(
      String sql, String running, Decision decision, CompletableFuture<Void> ready) {
    Execution execution = new Execution(decision, wire.recorder(), !running.equals(sql));
    pipeline.add(
        messages.query(running),
        ready,
        () ->
            new Pipeline.Substitute(
                messages.query(FAILING),
                new Expected(Expected.Kind.QUERY).replacedBy(notRecorded())),
        new Expected(Expected.Kind.QUERY).of(execution));
  }

  private void refuseQuery(Fault fault, CompletableFuture<Void> ready) {
    pipeline.add(
        messages.query(FAILING),
        ready,
        () ->
            new Pipeline.Substitute(
                messages.query(FAILING),
                new Expected(Expected.Kind.QUERY).replacedBy(notRecorded())),
        new Expected(Expected.Kind.QUERY).replacedBy(fault));
  }

  private static Fault notRecorded() {
    return Fault.error(
        MaskingErrorCode.DECISION_NOT_RECORDED, "the decision could not be recorded");
  }

  private void parse(ByteBuf body) {
    String name = Messages.text(body);
    String sql = Messages.text(body);
    requireForeign(name);
    byte[] types = new byte[body.readableBytes()];
    body.readBytes(types);
    judge(
        sql,
        judged -> {
          unsynced = true;
          Prepared prepared = new Prepared(name, sql, types, judged);
          if (judged.verdict() instanceof Verdict.Refused refused && enforces()) {
            refuseParse(name, Fault.of(refused, sql), keep(decision(sql, judged)));
          } else {
            sendParse(prepared);
          }
        });
  }

  private void refuseParse(String name, Fault fault, CompletableFuture<Void> ready) {
    if (name.isEmpty()) {
      statements.forgetUnnamed();
    }
    pipeline.add(
        messages.parse(name, FAILING),
        ready,
        () -> failingParse(notRecorded()),
        new Expected(Expected.Kind.PARSE).replacedBy(fault));
  }

  private Pipeline.Substitute failingParse(Fault fault) {
    return new Pipeline.Substitute(
        messages.parse(OWN_NAME, FAILING), new Expected(Expected.Kind.PARSE).replacedBy(fault));
  }

  private void sendParse(Prepared prepared) {
    Runnable undo = statements.put(prepared);
    pipeline.add(
        messages.parse(prepared.name(), running(prepared), prepared.types()),
        new Expected(Expected.Kind.PARSE).of(prepared).whenDropped(undo));
    describeHidden('S', prepared.name(), prepared);
  }

  private String running(Prepared prepared) {
    return prepared.judged().verdict() instanceof Verdict.Allowed allowed && enforces()
        ? allowed.sql()
        : prepared.sql();
  }

  /** Learns where the columns come from, whether or not the client wants to know. */
  private void describeHidden(char kind, String name, Prepared prepared) {
    pipeline.add(
        messages.describe(kind, name), new Expected(Expected.Kind.DESCRIBE).of(prepared).hide());
  }

  private void bind(ByteBuf body) {
    ByteBuf whole = body.duplicate();
    String portal = Messages.text(body);
    String statement = Messages.text(body);
    requireForeign(portal);
    requireForeign(statement);
    Prepared prepared = statements.find(statement);
    unsynced = true;
    if (prepared == null || isFresh(prepared)) {
      sendBind(portal, prepared, messages.withHead(FrontendMessage.BIND, whole));
    } else {
      ByteBuf kept = whole.retain();
      judge(
          prepared.sql(),
          judged -> {
            prepareAgain(prepared, judged);
            sendBind(portal, prepared, messages.withHead(FrontendMessage.BIND, kept));
            kept.release();
          });
    }
  }

  private boolean isFresh(Prepared prepared) {
    return !namesStale && prepared.judged().versions().equals(versions());
  }

  private String versions() {
    return new SessionSchema(wire.schemas().newest(), names).version()
        + '|'
        + access.account().rights().get().version();
  }

  /** The same statement may mean something else by now: it is parsed again under its name. */
  private void prepareAgain(Prepared prepared, Prepared.Judged judged) {
    String before = running(prepared);
    prepared.judgedAnew(judged);
    if (judged.verdict() instanceof Verdict.Refused refused && enforces()) {
      refuseParse(
          OWN_NAME, Fault.of(refused, prepared.sql()), keep(decision(prepared.sql(), judged)));
      return;
    }
    if (!before.equals(running(prepared))) {
      prepared.uncheck();
      pipeline.add(messages.close('S', prepared.name()), new Expected(Expected.Kind.CLOSE).hide());
      pipeline.add(
          messages.parse(prepared.name(), running(prepared), prepared.types()),
          new Expected(Expected.Kind.PARSE).hide());
    }
    // Provenance is judged by the rights of now, also where the text stayed the same.
    describeHidden('S', prepared.name(), prepared);
  }

  private void sendBind(String portal, @Nullable Prepared prepared, ByteBuf bytes) {
    Runnable undo = statements.bind(portal, prepared);
    pipeline.add(bytes, new Expected(Expected.Kind.BIND).whenDropped(undo));
  }

  private void describe(ByteBuf body) {
    ByteBuf whole = body.duplicate();
    char kind = (char) body.readByte();
    String name = Messages.text(body);
    requireForeign(name);
    unsynced = true;
    pipeline.add(
        messages.withHead(FrontendMessage.DESCRIBE, whole), new Expected(Expected.Kind.DESCRIBE));
    if (kind != 'S' && kind != 'P') {
      throw new ProtocolFault("describes a " + (int) kind);
    }
  }

  private void execute(ByteBuf body) {
    ByteBuf bytes = messages.withHead(FrontendMessage.EXECUTE, body.duplicate());
    String portal = Messages.text(body);
    unsynced = true;
    Prepared prepared = statements.bound(portal);
    Prepared.Judged judged = prepared == null ? unknownPortal() : prepared.judged();
    Decision decision = decision(prepared == null ? "FETCH" : prepared.sql(), judged);
    Execution execution =
        new Execution(
            decision,
            wire.recorder(),
            prepared != null && !running(prepared).equals(prepared.sql()));
    if (prepared == null || !prepared.isDescribedOnce()) {
      // What a cursor or EXECUTE returns is known only when it runs.
      pipeline.add(
          messages.describe('P', portal),
          new Expected(Expected.Kind.DESCRIBE).of(execution).hide());
    }
    Expected expected = new Expected(Expected.Kind.EXECUTE).of(execution);
    if (prepared != null) {
      expected.of(prepared);
    }
    pipeline.add(bytes, keep(decision), () -> failingParse(notRecorded()), expected);
    if (prepared != null) {
      noteNames(prepared.kind());
    }
  }

  /** A cursor that an SQL statement declared may be read as a portal. */
  private Prepared.Judged unknownPortal() {
    SessionSchema schema = new SessionSchema(wire.schemas().newest(), names);
    return new Prepared.Judged(
        new Verdict.Allowed("", List.of(), Set.of(), false, StatementKind.FETCH),
        access.account().rights().get().version(),
        "",
        schema);
  }

  private void closeOne(ByteBuf body) {
    ByteBuf whole = body.duplicate();
    char kind = (char) body.readByte();
    String name = Messages.text(body);
    requireForeign(name);
    unsynced = true;
    statements.close(kind, name);
    pipeline.add(
        messages.withHead(FrontendMessage.CLOSE, whole), new Expected(Expected.Kind.CLOSE));
  }

  private static void requireForeign(String name) {
    if (name.equals(OWN_NAME)) {
      throw new ProtocolFault("a name that is the proxy's own");
    }
  }

  /** Judges by the names as they are when the statement runs. */
  private void judge(String sql, Consumer<Prepared.Judged> then) {
    busy = true;
    // In a failed transaction nothing can be asked, and nothing but its end can run.
    boolean failed = answers.transactionState() == 'E' && pipeline.isIdle() && !unsynced;
    if (namesStale && !failed) {
      readNames(() -> judgeNow(sql, then));
    } else {
      judgeNow(sql, then);
    }
  }

  private void judgeNow(String sql, Consumer<Prepared.Judged> then) {
    SessionNames known = names;
    Supplier<Prepared.Judged> judging = () -> judgeHere(sql, known);
    wire.workers()
        .execute(
            () -> {
              Prepared.Judged judged = null;
              try {
                judged = judging.get();
              } catch (PlatformException e) {
                LOG.atError()
                    .addKeyValue("error.code", e.code().id())
                    .setCause(e)
                    .log("not judged");
              } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("a statement could not be judged");
              }
              Prepared.Judged result = judged;
              client.eventLoop().execute(() -> judged(result, then));
            });
  }

  private Prepared.Judged judgeHere(String sql, SessionNames known) {
    Rights rights = access.account().rights().get();
    SchemaSnapshot snapshot = wire.schemas().newest();
    Prepared.Judged judged = judged(sql, new SessionSchema(snapshot, known), rights);
    if (judged.verdict() instanceof Verdict.Refused) {
      Optional<SchemaSnapshot> newer = wire.schemas().newerThan(snapshot);
      if (newer.isPresent()) {
        return judged(sql, new SessionSchema(newer.get(), known), rights);
      }
    }
    return judged;
  }

  private Prepared.Judged judged(String sql, SessionSchema schema, Rights rights) {
    return new Prepared.Judged(
        wire.gate().judge(sql, schema, rights),
        rights.version(),
        schema.version() + '|' + rights.version(),
        schema);
  }

  private void judged(Prepared.@Nullable Judged judged, Consumer<Prepared.Judged> then) {
    busy = false;
    if (closed) {
      return;
    }
    if (judged == null) {
      end(Fault.fatal(MaskingErrorCode.SCHEMA_UNREADABLE, "58000"));
      return;
    }
    then.accept(judged);
    pump();
  }

  /** Asks the database for search path and temporary relations, between the client's messages. */
  private void readNames(Runnable then) {
    boolean synced = !unsynced;
    Expected.Names gathering =
        new Expected.Names(
            client.alloc().buffer(),
            rows -> {
              names = SessionNames.read(rows, access.id());
              namesStale = false;
              // Within a pipeline the state is that of its beginning, and a transaction may be
              // open.
              if (synced && answers.transactionState() == 'I') {
                namesChangedInTransaction = false;
              }
              then.run();
            });
    pipeline.add(messages.close('S', OWN_NAME), new Expected(Expected.Kind.CLOSE).own());
    pipeline.add(
        messages.parse(OWN_NAME, SessionNames.QUERY), new Expected(Expected.Kind.PARSE).own());
    pipeline.add(messages.bind(OWN_NAME, OWN_NAME), new Expected(Expected.Kind.BIND).own());
    pipeline.add(
        messages.execute(OWN_NAME),
        // What follows is skipped as well: it does not matter how it is judged.
        new Expected(Expected.Kind.EXECUTE).gathering(gathering).whenDropped(then));
    pipeline.add(messages.close('P', OWN_NAME), new Expected(Expected.Kind.CLOSE).own());
    if (unsynced) {
      pipeline.add(messages.empty(FrontendMessage.FLUSH));
    } else {
      pipeline.add(messages.empty(FrontendMessage.SYNC), new Expected(Expected.Kind.SYNC).own());
    }
    backend.flush();
  }

  /** A statement of this kind may change what names mean, or end a transaction that did. */
  private void noteNames(StatementKind kind) {
    switch (kind) {
      case SET, DISCARD, CREATE_TABLE_AS, CREATE_VIEW, SEVERAL, EXECUTE -> {
        namesStale = true;
        namesChangedInTransaction = true;
      }
      case TRANSACTION -> namesStale |= namesChangedInTransaction;
      default -> {
        // it changes no names
      }
    }
  }

  private Decision decision(String sql, Prepared.Judged judged) {
    String id = UUID.randomUUID().toString();
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
              isSensitive(allowed));
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

  private boolean isSensitive(Verdict.Allowed allowed) {
    Rights rights = access.account().rights().get();
    return allowed.masked() || allowed.tables().stream().anyMatch(rights::catalogued);
  }

  private CompletableFuture<Void> keep(Decision decision) {
    return wire.recorder().decided(decision);
  }

  /** Something protected was about to be shown: nothing of it goes out, and the session ends. */
  void blocked(String what) {
    LOG.atError()
        .addKeyValue("error.code", MaskingErrorCode.PROVENANCE_BLOCKED.id())
        .addKeyValue("user.name", access.account().name())
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
    inbox.forEach(message -> message.body().release());
    inbox.clear();
    if (running) {
      answers.cancel();
    }
    if (backend.isActive()) {
      backend
          .writeAndFlush(messages.empty(FrontendMessage.TERMINATE))
          .addListener(ChannelFutureListener.CLOSE);
    }
    if (client.isActive()) {
      client
          .writeAndFlush(why == null ? client.alloc().buffer(0) : messages.error(why))
          .addListener(ChannelFutureListener.CLOSE);
    }
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
