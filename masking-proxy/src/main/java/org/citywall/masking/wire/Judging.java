// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.identity.SentText;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has statements judged by the workers, by what names mean when they run; the client's next message
 * waits. Confined to the session's event loop.
 */
final class Judging {

  static final String OLD_CURSOR = "a cursor that was opened under other rights; open it again";
  static final String OLD_STATEMENT =
      "EXECUTE of what was prepared under other names or rights; DEALLOCATE ALL and prepare again";

  private static final String LOOKS_UP =
      "EXECUTE of a statement that looks rows up; bind and execute it by messages";

  private static final Logger LOG = LoggerFactory.getLogger(Judging.class);

  private final Session session;
  private final Wire wire;
  private final Principal principal;
  private final NameTracking names;
  private final SqlPrepared sqlPrepared;
  private final OpenCursors cursors;

  Judging(
      Session session,
      Wire wire,
      Principal principal,
      NameTracking names,
      SqlPrepared sqlPrepared,
      OpenCursors cursors) {
    this.session = session;
    this.wire = wire;
    this.principal = principal;
    this.names = names;
    this.sqlPrepared = sqlPrepared;
    this.cursors = cursors;
  }

  /** Judges a statement and goes on with what was found, at once where that is known. */
  void judge(SentText sent, Consumer<Prepared.Judged> then) {
    Prepared.Judged known = names.mustAsk() || !sent.isPlain() ? null : known(sent.sql());
    if (known != null) {
      then.accept(withLastingNames(sent.sql(), known));
      return;
    }
    session.hold();
    names.whenKnown(() -> onWorkers(sent, then));
  }

  /** What a client sent, and what it says of the person behind it. */
  SentText read(String sql) {
    return SentText.read(sql, principal.login().account().actors().isApplication());
  }

  /** What was found before under what holds now. A refusal is looked into again by a worker. */
  private Prepared.@Nullable Judged known(String sql) {
    SessionSchema schema = names.knownSchema();
    if (schema == null) {
      return null;
    }
    Actor actor = principal.actor(null).forStatement(sql);
    Claims.Checked checked = new Claims.Checked(actor, Said.NOTHING, null);
    return wire.gate()
        .known(sql, schema, checked.actor().rights())
        .filter(Verdict.Allowed.class::isInstance)
        .map(verdict -> judged(verdict, checked.after(verdict, sql), schema))
        .orElse(null);
  }

  /** Whether a verdict on a statement is that of now. */
  boolean holds(String sql, Prepared.Judged judged) {
    return !names.isStale()
        && judged.holds(names.schema(), principal.rights(judged.said().own(), sql));
  }

  /** A cursor that an SQL statement declared may be read as a portal. */
  Prepared.Judged unknownPortal(String sql) {
    return new Prepared.Judged(
        new Verdict.Allowed(sql, List.of(), Set.of(), false, StatementKind.FETCH),
        principal.rights(null),
        names.schema(),
        Said.NOTHING);
  }

  private void onWorkers(SentText sent, Consumer<Prepared.Judged> then) {
    SessionNames known = names.known();
    Claims claims = new Claims(principal.login(), principal.claim());
    wire.workers()
        .execute(
            () -> {
              Prepared.Judged judged = judgedOrNull(sent, known, claims);
              session.client().eventLoop().execute(() -> goOn(sent, judged, then));
            });
  }

  private void goOn(
      SentText sent, Prepared.@Nullable Judged judged, Consumer<Prepared.Judged> then) {
    session.goOn(
        () -> {
          if (judged == null) {
            session.end(Fault.fatal(MaskingErrorCode.SCHEMA_UNREADABLE, "58000"));
          } else {
            then.accept(withLastingNames(sent.sql(), judged));
          }
        });
  }

  private Prepared.@Nullable Judged judgedOrNull(SentText sent, SessionNames known, Claims claims) {
    try {
      return judged(sent, known, claims);
    } catch (PlatformException e) {
      LOG.atError().addKeyValue("error.code", e.code().id()).setCause(e).log("not judged");
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("a statement could not be judged");
    }
    return null;
  }

  private Prepared.Judged judged(SentText sent, SessionNames known, Claims claims) {
    SchemaSnapshot snapshot = wire.schemas().newest();
    Claims.Checked checked = claims.check(sent);
    Verdict settled = checked.verdict();
    if (settled != null) {
      return judged(settled, checked, new SessionSchema(snapshot, known));
    }
    Prepared.Judged judged = byGate(sent, checked, new SessionSchema(snapshot, known));
    if (judged.verdict() instanceof Verdict.Refused) {
      Optional<SchemaSnapshot> newer = wire.schemas().newerThan(snapshot);
      if (newer.isPresent()) {
        return byGate(sent, checked, new SessionSchema(newer.get(), known));
      }
    }
    return judged;
  }

  private Prepared.Judged byGate(SentText sent, Claims.Checked checked, SessionSchema schema) {
    Verdict verdict = wire.gate().judge(sent.sql(), schema, checked.actor().rights());
    return judged(verdict, checked.after(verdict, sent.sql()), schema);
  }

  private static Prepared.Judged judged(
      Verdict verdict, Claims.Checked checked, SessionSchema schema) {
    return new Prepared.Judged(verdict, checked.actor().rights(), schema, checked.said());
  }

  /**
   * Refuses what was judged by names that may no longer hold when it runs: several statements of
   * which one may end the transaction that made them, and what was prepared under others.
   */
  private Prepared.Judged withLastingNames(String sql, Prepared.Judged judged) {
    if (!(judged.verdict() instanceof Verdict.Allowed allowed)) {
      return judged;
    }
    Verdict.Refused nobody = principal.actor(judged.said().own()).refusal();
    if (nobody != null && judged.touchesData()) {
      return judged.refused(nobody);
    }
    if (allowed.kind() == StatementKind.SEVERAL
        && judged.touchesData()
        && (principal.isUnsettled() || Claims.mayReset(sql))) {
      return judged.refused("several statements behind a change of identity; send them one by one");
    }
    if (allowed.kind() == StatementKind.SEVERAL && names.isUnsettled()) {
      return judged.refused("several statements behind a change of names; send them one by one");
    }
    if (SqlPrepared.executes(allowed.kind(), sql) && !sqlPrepared.isUnder(judged.lasting(), sql)) {
      return judged.refused(SqlPrepared.refusal(OLD_STATEMENT, sql));
    }
    if (SqlPrepared.executes(allowed.kind(), sql) && sqlPrepared.mayLookUp(sql)) {
      return judged.refused(SqlPrepared.refusal(LOOKS_UP, sql));
    }
    if (!cursors.mayRead(allowed.kind(), judged.policyVersion())) {
      return judged.refused(OLD_CURSOR);
    }
    return judged;
  }
}
