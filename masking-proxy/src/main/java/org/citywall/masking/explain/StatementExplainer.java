// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.explain;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citywall.masking.policy.ColumnDecision;
import org.citywall.masking.policy.PersonRights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.ColumnUse;
import org.citywall.masking.sql.SqlGate;
import org.citywall.masking.sql.Verdict;

/** Asks the gate, and words its verdict. */
public final class StatementExplainer {

  /** A padded key of a keyed hash as masks put it into SQL: 64 bytes. */
  private static final Pattern KEY = Pattern.compile("decode\\('[0-9a-f]{128}', 'hex'\\)");

  private final SqlGate gate;
  private final SchemaSource schema;

  public StatementExplainer(SqlGate gate, SchemaSource schema) {
    this.gate = gate;
    this.schema = schema;
  }

  /** What would become of a statement of whom these rights are. */
  public Explanation explain(String sql, PersonRights rights) {
    return switch (gate.judge(sql, schema.view(), rights)) {
      case Verdict.Allowed allowed -> allowed(allowed, rights);
      case Verdict.Refused refused ->
          new Explanation(
              Explanation.Decision.DENY,
              refused.reason() + ": " + refused.code().meaning(),
              refused.code().id(),
              refused.position(),
              null,
              List.of(),
              List.of(),
              rights.version());
    };
  }

  private static Explanation allowed(Verdict.Allowed verdict, PersonRights rights) {
    List<Explanation.Column> columns =
        verdict.uses().stream().map(use -> column(use, rights)).distinct().toList();
    return new Explanation(
        verdict.masked() ? Explanation.Decision.MASK : Explanation.Decision.ALLOW,
        reason(verdict, columns),
        null,
        -1,
        KEY.matcher(verdict.sql()).replaceAll("decode('***', 'hex')"),
        verdict.tables().stream().sorted(Comparator.comparing(TableName::toString)).toList(),
        columns,
        rights.version());
  }

  /** As the gate treats it: stricter than its own rights where its table inherits from others. */
  private static Explanation.Column column(ColumnUse use, PersonRights rights) {
    ColumnDecision own = rights.decide(use.table(), use.column());
    return new Explanation.Column(
        use.table(),
        use.column(),
        new ColumnDecision(own.level(), own.category(), use.treatment(), own.reason()));
  }

  private static String reason(Verdict.Allowed verdict, List<Explanation.Column> columns) {
    if (!verdict.masked()) {
      return "everything it reads is within clearance";
    }
    String masked =
        columns.stream()
            .filter(column -> !(column.decision().treatment() instanceof Treatment.Plain))
            .map(column -> column.name() + ": " + column.why())
            .distinct()
            .collect(Collectors.joining(", "));
    return masked.isEmpty() ? "a table that it reads has columns above clearance" : masked;
  }
}
