// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
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

  private static final String OLD_CURSOR =
      "a cursor that was opened under other rights; open it again";
  private static final String DISCARD_ALL = "DISCARD ALL";
  private static final Set<String> FORGET_ALL = Set.of("DEALLOCATE ALL", "DISCARD ALL");
  private static final Set<StatementKind> PREPARES =
      EnumSet.of(StatementKind.PREPARE, StatementKind.SEVERAL);

  static final Set<StatementKind> ENDS_TRANSACTION =
      EnumSet.of(StatementKind.TRANSACTION, StatementKind.SEVERAL);

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

  /** Whether names were changed by a transaction that may still take that back. */
  private boolean namesUnsettled;

  private long namesChanges;

  /** Versions under which SQL statements, whose names only the database knows, were prepared. */
  private final Set<String> preparedUnder = new HashSet<>();

  private final OpenCursors cursors = new OpenCursors();

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
      } catch (ProtocolFault | IndexOutOfBoundsException e) {
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
      case FrontendMessage.QUERY -> query(Messages.strictText(body));
      case FrontendMessage.PARSE -> parse(body);
      case FrontendMessage.BIND -> bind(body);
      case FrontendMessage.DESCRIBE -> describe(body);
      case FrontendMessage.EXECUTE -> execute(body);
      case FrontendMessage.CLOSE -> closeOne(body);
      case FrontendMessage.SYNC -> {
        unsynced = false;
        namesStale |= namesUnsettled;
        pipeline.add(messages.empty(FrontendMessage.SYNC), new Expected(Expected.Kind.SYNC));
      }
      case FrontendMessage.FLUSH -> pipeline.add(messages.empty(FrontendMessage.FLUSH));
      case FrontendMessage.COPY_DATA -> pipeline.add(messages.withHead(message.type(), body));
      case FrontendMessage.COPY_DONE, FrontendMessage.COPY_FAIL ->
          pipeline.add(
              messages.withHead(message.type(), body), new Expected(Expected.Kind.COPY_END));
      case FrontendMessage.FUNCTION_CALL ->
          refuseQuery(
              Fault.error(MaskingErrorCode.FUNCTION_CALL_REFUSED, "FunctionCall"),
              Pipeline.NOW,
              statements.forgetUnnamed());
      case FrontendMessage.TERMINATE -> end(null);
      default -> throw new ProtocolFault("a message of type " + message.type());
    }
  }

  private void query(String sql) {
    judge(
        sql,
        found -> {
          Prepared.Judged judged = withLastingNames(sql, found);
          unsynced = false;
          Runnable undo = statements.forgetUnnamed();
          Decision decision = decision(sql, judged);
          CompletableFuture<Void> ready = keep(decision);
          switch (judged.verdict()) {
            case Verdict.Refused refused when enforces() ->
                refuseQuery(Fault.of(refused, sql), ready, undo);
            case Verdict.Refused refused -> runQuery(sql, sql, decision, ready, undo);
            case Verdict.Allowed allowed -> {
              runQuery(sql, enforces() ? allowed.sql() : sql, decision, ready, undo);
              cursors.declared(allowed.kind(), sql, judged.policyVersion());
              noteNames(allowed.kind(), judged);
            }
          }
          // a query may be the end of a transaction, and of the names that this one made
          namesStale |= namesUnsettled;
        });
  }

  /**
   * Refuses what was judged by names that may no longer hold when it runs: several statements of
   * which one may end the transaction that made them, and what was prepared under others.
   */
  private Prepared.Judged withLastingNames(String sql, Prepared.Judged judged) {
    if (!(judged.verdict() instanceof Verdict.Allowed allowed)) {
      return judged;
    }
    if (allowed.kind() == StatementKind.SEVERAL && namesUnsettled) {
      return judged.refused("several statements behind a change of names; send them one by one");
    }
    if (allowed.kind() == StatementKind.EXECUTE && !isPreparedUnder(sql, judged.lasting())) {
      return judged.refused("a statement prepared under other names or rights; prepare it again");
    }
    if (!cursors.mayRead(allowed.kind(), judged.policyVersion())) {
      return judged.refused(OLD_CURSOR);
    }
    return judged;
  }

  private boolean isPreparedUnder(String execute, String lasting) {
    return Set.of(lasting).containsAll(preparedUnder)
        && statements.areJudgedUnder(lasting, execute);
  }

  private void runQuery(
      String sql, String running, Decision decision, CompletableFuture<Void> ready, Runnable undo) {
    Execution execution = new Execution(decision, wire.recorder(), !running.equals(sql));
    pipeline.add(
        messages.query(running),
        ready,
        () ->
            new Pipeline.Substitute(
                messages.query(FAILING),
                new Expected(Expected.Kind.QUERY).replacedBy(notRecorded())),
        new Expected(Expected.Kind.QUERY).of(execution).whenDropped(undo));
  }

  private void refuseQuery(Fault fault, CompletableFuture<Void> ready, Runnable undo) {
    pipeline.add(
        messages.query(FAILING),
        ready,
        () ->
            new Pipeline.Substitute(
                messages.query(FAILING),
                new Expected(Expected.Kind.QUERY).replacedBy(notRecorded())),
        new Expected(Expected.Kind.QUERY).replacedBy(fault).whenDropped(undo));
  }

  private static Fault notRecorded() {
    return Fault.error(
        MaskingErrorCode.DECISION_NOT_RECORDED, "the decision could not be recorded");
  }

  private void parse(ByteBuf body) {
    String name = Messages.strictText(body);
    String sql = Messages.strictText(body);
    requireForeign(name);
    byte[] types = new byte[body.readableBytes()];
    body.readBytes(types);
    judge(
        sql,
        found -> {
          Prepared.Judged judged = withLastingNames(sql, found);
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
    Runnable undo = name.isEmpty() ? statements.close('S', name) : () -> {};
    pipeline.add(
        messages.parse(name, FAILING),
        ready,
        () -> failingParse(notRecorded()),
        new Expected(Expected.Kind.PARSE).replacedBy(fault).whenDropped(undo));
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
    describeHidden(prepared, () -> {});
  }

  private String running(Prepared prepared) {
    return prepared.judged().verdict() instanceof Verdict.Allowed allowed && enforces()
        ? allowed.sql()
        : prepared.sql();
  }

  /** Learns where the columns come from, whether or not the client wants to know. */
  private void describeHidden(Prepared prepared, Runnable undo) {
    pipeline.add(
        messages.describe('S', prepared.name()),
        new Expected(Expected.Kind.DESCRIBE).of(prepared).hide().whenDropped(undo));
  }

  private void bind(ByteBuf body) {
    ByteBuf whole = body.duplicate();
    String portal = Messages.strictText(body);
    String statement = Messages.strictText(body);
    requireForeign(portal);
    requireForeign(statement);
    Prepared prepared = statements.find(statement);
    unsynced = true;
    if (prepared == null ? preparedUnder.isEmpty() : isFresh(prepared)) {
      sendBind(portal, prepared, messages.withHead(FrontendMessage.BIND, whole));
    } else {
      ByteBuf kept = Unpooled.copiedBuffer(whole);
      judge(
          prepared == null ? "" : prepared.sql(),
          judged -> {
            if (prepared != null) {
              prepareAgain(prepared, withLastingNames(prepared.sql(), judged));
            } else if (!isPreparedUnder("", judged.lasting())) {
              refuseUnknown(judged);
            }
            sendBind(portal, prepared, messages.withHead(FrontendMessage.BIND, kept));
          });
    }
  }

  /** A statement that SQL prepared, and of which the database alone knows what it is. */
  private void refuseUnknown(Prepared.Judged judged) {
    Prepared.Judged refused =
        judged.refused("a statement prepared under other names or rights; prepare it again");
    if (refused.verdict() instanceof Verdict.Refused verdict) {
      refuseParse(OWN_NAME, Fault.of(verdict, ""), keep(decision("", refused)));
    }
  }

  private boolean isFresh(Prepared prepared) {
    return !namesStale
        && (prepared.name().isEmpty() || preparedUnder.isEmpty())
        && prepared.kind() != StatementKind.EXECUTE
        && prepared.judged().versions().equals(versions());
  }

  private String versions() {
    return new SessionSchema(wire.schemas().newest(), names).version()
        + '|'
        + access.account().rights().get().version();
  }

  /** The same statement may mean something else by now: it is parsed again under its name. */
  private void prepareAgain(Prepared prepared, Prepared.Judged judged) {
    String before = running(prepared);
    Prepared.Judged formerly = prepared.judged();
    if (judged.verdict() instanceof Verdict.Refused refused && enforces()) {
      refuseParse(
          OWN_NAME, Fault.of(refused, prepared.sql()), keep(decision(prepared.sql(), judged)));
      return;
    }
    prepared.judgedAnew(judged);
    prepared.uncheck();
    // What the database skips has not happened: it is judged again the next time.
    Runnable undo = () -> prepared.judgedAnew(formerly);
    // SQL may have put another statement under the name.
    boolean other = !prepared.name().isEmpty() && !preparedUnder.isEmpty();
    if (other || !before.equals(running(prepared))) {
      pipeline.add(
          messages.close('S', prepared.name()),
          new Expected(Expected.Kind.CLOSE).hide().whenDropped(undo));
      pipeline.add(
          messages.parse(prepared.name(), running(prepared), prepared.types()),
          new Expected(Expected.Kind.PARSE).hide().whenDropped(undo));
    }
    // Provenance is judged by the rights of now, also where the text stayed the same.
    describeHidden(prepared, undo);
  }

  private void sendBind(String portal, @Nullable Prepared prepared, ByteBuf bytes) {
    Runnable undo = statements.bind(portal, prepared);
    cursors.bound(portal, policyVersion());
    pipeline.add(bytes, new Expected(Expected.Kind.BIND).whenDropped(undo));
  }

  private void describe(ByteBuf body) {
    ByteBuf whole = body.duplicate();
    char kind = (char) body.readByte();
    String name = Messages.strictText(body);
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
    String portal = Messages.strictText(body);
    unsynced = true;
    Prepared prepared = statements.bound(portal);
    Prepared.Judged judged = prepared == null ? unknownPortal() : prepared.judged();
    if (enforces() && !mayRead(portal, prepared)) {
      bytes.release();
      refuseCursor(prepared, judged);
      return;
    }
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
      cursors.declared(prepared.kind(), prepared.sql(), prepared.judged().policyVersion());
      noteNames(prepared.kind(), prepared.judged());
    }
  }

  private boolean mayRead(String portal, @Nullable Prepared prepared) {
    String now = policyVersion();
    return cursors.isBoundUnder(portal, now)
        && cursors.mayRead(prepared == null ? null : prepared.kind(), now);
  }

  private void refuseCursor(@Nullable Prepared prepared, Prepared.Judged judged) {
    String sql = prepared == null ? "FETCH" : prepared.sql();
    Prepared.Judged refused = judged.refused(OLD_CURSOR);
    Fault fault = Fault.error(MaskingErrorCode.CONSTRUCT_REFUSED, OLD_CURSOR);
    pipeline.add(
        messages.parse(OWN_NAME, FAILING),
        keep(decision(sql, refused)),
        () -> failingParse(notRecorded()),
        new Expected(Expected.Kind.PARSE).replacedBy(fault));
  }

  private String policyVersion() {
    return access.account().rights().get().version();
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
    String name = Messages.strictText(body);
    requireForeign(name);
    unsynced = true;
    Runnable undo = statements.close(kind, name);
    pipeline.add(
        messages.withHead(FrontendMessage.CLOSE, whole),
        new Expected(Expected.Kind.CLOSE).whenDropped(undo));
  }

  private static void requireForeign(String name) {
    if (name.equals(OWN_NAME)) {
      throw new ProtocolFault("a name that is the proxy's own");
    }
  }

  /** Judges by the names as they are when the statement runs. */
  private void judge(String sql, Consumer<Prepared.Judged> then) {
    busy = true;
    boolean failed = answers.transactionState() == 'E' && !pipeline.owes(ENDS_TRANSACTION);
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
            Unpooled.buffer(),
            rows -> {
              names = SessionNames.read(rows, access.id());
              namesStale = false;
              if (!synced) {
                then.run();
              }
            });
    long changes = namesChanges;
    Runnable settled =
        () -> {
          if (answers.transactionState() == 'I' && changes == namesChanges) {
            namesUnsettled = false;
          }
          then.run();
        };
    pipeline.add(messages.close('S', OWN_NAME), new Expected(Expected.Kind.CLOSE).own());
    pipeline.add(
        messages.parse(OWN_NAME, SessionNames.QUERY), new Expected(Expected.Kind.PARSE).own());
    pipeline.add(messages.bind(OWN_NAME, OWN_NAME), new Expected(Expected.Kind.BIND).own());
    pipeline.add(
        messages.execute(OWN_NAME),
        // What follows is skipped as well: it does not matter how it is judged.
        new Expected(Expected.Kind.EXECUTE)
            .gathering(gathering)
            .whenDropped(unsynced ? then : () -> {}));
    pipeline.add(messages.close('P', OWN_NAME), new Expected(Expected.Kind.CLOSE).own());
    if (unsynced) {
      pipeline.add(messages.empty(FrontendMessage.FLUSH));
    } else {
      pipeline.add(
          messages.empty(FrontendMessage.SYNC),
          new Expected(Expected.Kind.SYNC).own().whenDone(settled));
    }
    backend.flush();
  }

  /** A statement of this kind may change what names mean, or end a transaction that did. */
  private void noteNames(StatementKind kind, Prepared.Judged judged) {
    switch (kind) {
      case SET, DISCARD, CREATE_TABLE_AS, CREATE_VIEW, SEVERAL, EXECUTE -> {
        namesStale = true;
        namesUnsettled = true;
        namesChanges++;
      }
      case TRANSACTION -> namesStale |= namesUnsettled;
      case PREPARE -> preparedUnder.add(judged.lasting());
      default -> {
        // it changes no names
      }
    }
  }

  /**
   * Every statement that SQL prepared is gone where none was prepared behind the one that ended.
   */
  void completed(String tag) {
    if (FORGET_ALL.contains(tag) && !pipeline.owes(PREPARES)) {
      preparedUnder.clear();
    }
    if (tag.equals(DISCARD_ALL) && pipeline.waiting() == 0) {
      cursors.forget();
    }
  }

  /** No transaction, and nothing on its way. */
  void betweenTransactions() {
    if (inbox.isEmpty() && !busy) {
      statements.forgetPortals();
      cursors.endTransaction();
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
          .writeAndFlush(
              why == null || answers.isCut() ? client.alloc().buffer(0) : messages.error(why))
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
