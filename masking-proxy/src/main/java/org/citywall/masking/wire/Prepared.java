// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.List;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.identity.SentText;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.sql.LookUp;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.WrittenText;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;

/** A prepared statement of a session. Confined to the session's event loop. */
final class Prepared {

  private final String name;
  private final SentText sent;
  private final byte[] types;
  private Preparation current;

  /**
   * A verdict and what it rests on.
   *
   * @param rights of the person behind the statement
   * @param said what the statement itself says of that person
   */
  record Judged(Verdict verdict, Rights rights, SessionSchema schema, Said said) {

    String policyVersion() {
      return rights.version();
    }

    /** Whether it holds under these as well. */
    boolean holds(SessionSchema otherSchema, Rights otherRights) {
      return schema.version().equals(otherSchema.version())
          && policyVersion().equals(otherRights.version());
    }

    /** What counts a run against limited grants; null where nothing has to be counted. */
    @Nullable MeteredRows metered(boolean enforces) {
      return enforces && verdict instanceof Verdict.Allowed allowed
          ? rights.meter(allowed.uses()).map(MeteredRows::new).orElse(null)
          : null;
    }

    /** The text that runs in the place of the client's. */
    String running(String sql, boolean enforces) {
      return verdict instanceof Verdict.Allowed allowed && (enforces || said.replaced())
          ? allowed.sql()
          : sql;
    }

    /** Whether what it returns is known when it is parsed, and not only when it runs. */
    boolean isDescribedOnce() {
      return switch (kind()) {
        case SELECT, INSERT, UPDATE, DELETE, MERGE -> true;
        default -> false;
      };
    }

    /** Versions of what the verdict rests on when the text as rewritten runs. */
    String lasting() {
      return schema.lasting() + '|' + policyVersion();
    }

    /** EMPTY where it is refused. */
    StatementKind kind() {
      return verdict instanceof Verdict.Allowed allowed ? allowed.kind() : StatementKind.EMPTY;
    }

    /** True values by which it finds rows. */
    List<LookUp> lookUps() {
      return verdict instanceof Verdict.Allowed allowed ? allowed.lookUps() : List.of();
    }

    /** Text that it must not write as a mask left it. */
    List<WrittenText> written() {
      return verdict instanceof Verdict.Allowed allowed ? allowed.written() : List.of();
    }

    /** The same, and refused for what only the session knows. */
    Judged refused(String reason) {
      return refused(new Verdict.Refused(MaskingErrorCode.CONSTRUCT_REFUSED, reason, -1));
    }

    Judged refused(Verdict.Refused refused) {
      return new Judged(refused, rights, schema, said);
    }

    /** Whether it reads or writes data, or may. */
    boolean touchesData() {
      return verdict instanceof Verdict.Allowed allowed && allowed.touchesData();
    }
  }

  /**
   * @param sent as the client sent it
   * @param types object ids of parameters as they stand in Parse, with their count
   */
  Prepared(String name, SentText sent, byte[] types, Judged judged) {
    this.name = name;
    this.sent = sent;
    this.types = types;
    this.current = new Preparation(judged);
  }

  String name() {
    return name;
  }

  SentText sent() {
    return sent;
  }

  String sql() {
    return sent.sql();
  }

  /** Types of the parameters of the text that runs. */
  byte[] types(boolean enforces) {
    List<LookUp> lookUps = judged().lookUps();
    return lookUps.isEmpty() || !enforces ? types : BoundValues.types(types, lookUps);
  }

  Judged judged() {
    return current.judged();
  }

  /** What was sent under its name the last time. */
  Preparation current() {
    return current;
  }

  /** Another text is sent under its name; the result takes that back. */
  Runnable preparedAnew(Judged judged) {
    Preparation before = current;
    Preparation anew = new Preparation(judged);
    current = anew;
    return () -> {
      anew.skip();
      if (!before.skipped()) {
        current = before;
      }
    };
  }

  StatementKind kind() {
    return judged().kind();
  }

  /** The text that runs. */
  String running(boolean enforces) {
    return judged().running(sent.sql(), enforces);
  }
}
