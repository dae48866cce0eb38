// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.citywall.masking.identity.SentText;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * Statements and portals in the extended query protocol, up to their execution. Confined to the
 * session's event loop.
 */
final class ExtendedQuery {

  /** Bytes of a message's type and length. */
  private static final int HEAD = 5;

  private final SessionState state;
  private final Pipeline pipeline;
  private final Messages messages;
  private final Statements statements;

  ExtendedQuery(SessionState state) {
    this.state = state;
    this.pipeline = state.pipeline();
    this.messages = state.messages();
    this.statements = state.statements();
  }

  /** Parse. */
  void parse(ByteBuf body) {
    String name = NameTracking.requireForeign(Messages.strictText(body));
    SentText sent = state.judging().read(Messages.strictText(body));
    byte[] types = new byte[body.readableBytes()];
    body.readBytes(types);
    state
        .judging()
        .judge(
            sent,
            judged -> {
              String sql = sent.sql();
              state.names().unsynced();
              if (judged.verdict() instanceof Verdict.Refused) {
                state.refused(sent);
              }
              if (judged.verdict() instanceof Verdict.Refused refused && state.enforces()) {
                Change change = name.isEmpty() ? statements.close('S', name) : Change.NONE;
                state.assumptions().make();
                state
                    .outgoing()
                    .refuseParse(
                        name, Fault.of(refused, sql), state.decisions().of(sql, judged), change);
              } else {
                sendParse(new Prepared(name, sent, types, judged));
              }
            });
  }

  private void sendParse(Prepared prepared) {
    state.assumptions().make();
    Change change = state.naming(prepared, statements.put(prepared));
    pipeline.add(
        messages.parse(
            prepared.name(), prepared.running(state.enforces()), prepared.types(state.enforces())),
        new Expected(Expected.Kind.PARSE).making(change));
  }

  /** Bind. */
  void bind(FrontendMessage message) {
    ByteBuf body = message.body();
    String portal = NameTracking.requireForeign(Messages.strictText(body));
    String statement = NameTracking.requireForeign(Messages.strictText(body));
    Prepared prepared = statements.find(statement);
    state.names().unsynced();
    if (prepared == null ? state.sqlPrepared().isEmpty() : isFresh(prepared)) {
      countAndBind(portal, prepared, message.bytes());
    } else {
      bindAnew(portal, prepared, Unpooled.copiedBuffer(message.bytes()));
    }
  }

  private boolean isFresh(Prepared prepared) {
    return !prepared.current().skipped()
        && (prepared.name().isEmpty() || state.sqlPrepared().isEmpty())
        && prepared.kind() != StatementKind.EXECUTE
        && state.judging().holds(prepared.sql(), prepared.judged());
  }

  private void bindAnew(String portal, @Nullable Prepared prepared, ByteBuf kept) {
    state
        .judging()
        .judge(
            prepared == null ? SentText.plain("") : prepared.sent(),
            judged -> {
              boolean refused = prepared != null && !prepareAgain(prepared, judged);
              if (prepared == null && !state.sqlPrepared().isUnder(judged.lasting(), "")) {
                // of what SQL prepared the database alone knows what it is
                refuse("", judged.refused(Judging.OLD_STATEMENT));
              }
              if (refused) {
                // the database skips it
                sendBind(portal, prepared, List.of(), kept);
              } else {
                countAndBind(portal, prepared, kept);
                kept.release();
              }
            });
  }

  private void refuse(String sql, Prepared.Judged judged) {
    if (judged.verdict() instanceof Verdict.Refused refused) {
      state.outgoing().refuse(Fault.of(refused, sql), state.decisions().of(sql, judged));
    }
  }

  /**
   * Binds as soon as what the statement looks up is counted.
   *
   * @param bytes the message, of which a part may be kept until then
   */
  private void countAndBind(String portal, @Nullable Prepared prepared, ByteBuf bytes) {
    if (prepared != null && refusesText(prepared, bytes)) {
      return;
    }
    if (prepared == null || !state.lookUps().isOf(prepared)) {
      sendBind(portal, prepared, List.of(), bytes.retain());
      return;
    }
    ByteBuf kept = Unpooled.copiedBuffer(bytes);
    state
        .lookUps()
        .count(
            prepared,
            values(kept),
            counted -> {
              if (counted.judged().verdict() instanceof Verdict.Refused) {
                refuse(prepared.sql(), counted.judged());
              } else {
                sendBind(portal, prepared, counted.traces(), kept);
              }
            });
  }

  /** What stands behind the names of portal and statement in a Bind. */
  private static ByteBuf values(ByteBuf bytes) {
    ByteBuf values = bytes.duplicate().skipBytes(HEAD);
    Messages.text(values);
    Messages.text(values);
    return values;
  }

  /** Whether a value is what a mask left of one, so that the Bind does not leave. */
  private boolean refusesText(Prepared prepared, ByteBuf bytes) {
    Prepared.Judged judged = prepared.judged();
    if (judged.written().isEmpty()) {
      return false;
    }
    BoundValues bound = BoundValues.read(values(bytes));
    byte[] types = prepared.types(state.enforces());
    Verdict.Refused refused = WrittenBack.of(judged, bound, types).orElse(null);
    if (refused == null) {
      return false;
    }
    if (state.enforces()) {
      refuse(prepared.sql(), judged.refused(refused));
    } else {
      state.outgoing().observed(state.decisions().of(prepared.sql(), judged.refused(refused)));
    }
    return state.enforces();
  }

  /**
   * The same statement may mean something else by now: it is parsed again under its name; false
   * where it is refused.
   */
  private boolean prepareAgain(Prepared prepared, Prepared.Judged judged) {
    if (judged.verdict() instanceof Verdict.Refused && state.enforces()) {
      state.refused(prepared.sent());
      refuse(prepared.sql(), judged);
      return false;
    }
    String before = prepared.running(state.enforces());
    // What the database skips has not happened: it is judged again the next time. Provenance is
    // judged by the rights of now, also where the text stays the same.
    Runnable undo = prepared.preparedAnew(judged);
    String running = prepared.running(state.enforces());
    // SQL may have put another statement under the name.
    boolean other = !prepared.name().isEmpty() && !state.sqlPrepared().isEmpty();
    if (other || !before.equals(running)) {
      pipeline.add(
          messages.close('S', prepared.name()),
          new Expected(Expected.Kind.CLOSE).hide().whenDropped(undo));
      pipeline.add(
          messages.parse(prepared.name(), running, prepared.types(state.enforces())),
          new Expected(Expected.Kind.PARSE).hide().whenDropped(undo));
    }
    return true;
  }

  private void sendBind(
      String portal, @Nullable Prepared prepared, List<LookUpTrace> lookedUp, ByteBuf bytes) {
    state.unnamedPortal().used(portal);
    state.assumptions().make();
    Claim own = prepared == null ? null : prepared.judged().said().own();
    String sql = prepared == null ? "" : prepared.sql();
    String version = state.principal().rights(own, sql).version();
    Change change = statements.bind(portal, prepared, version, lookedUp);
    pipeline.add(bytes, new Expected(Expected.Kind.BIND).making(state.naming(prepared, change)));
  }

  /** Describe. */
  void describe(FrontendMessage message) {
    ByteBuf body = message.body();
    char kind = (char) body.readByte();
    String name = NameTracking.requireForeign(Messages.strictText(body));
    state.names().unsynced();
    if (kind == 'P') {
      state.unnamedPortal().used(name);
    }
    if (kind != 'S' && kind != 'P') {
      throw new ProtocolFault("describes a " + (int) kind);
    }
    Expected expected = new Expected(Expected.Kind.DESCRIBE);
    Description description = statements.description(kind, name);
    if (description != null) {
      description.asked(state.names().group());
      expected.of(description);
    }
    pipeline.add(message.bytes().retain(), expected);
  }

  /** Close. */
  void close(FrontendMessage message) {
    ByteBuf body = message.body();
    char kind = (char) body.readByte();
    String name = NameTracking.requireForeign(Messages.strictText(body));
    state.names().unsynced();
    state.assumptions().make();
    pipeline.add(
        message.bytes().retain(),
        new Expected(Expected.Kind.CLOSE).making(statements.close(kind, name)));
  }
}
