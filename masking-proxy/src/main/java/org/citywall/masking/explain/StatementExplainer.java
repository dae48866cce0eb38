// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.explain;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citywall.masking.config.Behind;
import org.citywall.masking.policy.ColumnDecision;
import org.citywall.masking.policy.PersonRights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.ColumnUse;
import org.citywall.masking.sql.LookUp;
import org.citywall.masking.sql.SqlGate;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.facts.StatementText;
import org.jspecify.annotations.Nullable;

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
  public Explanation explain(String sql, PersonRights ofPerson) {
    return explain(sql, ofPerson, null);
  }

  /**
   * What would become of a statement.
   *
   * @param ofPerson rights of whoever is behind it
   * @param nobody why nobody is; null where somebody is
   */
  public Explanation explain(String sql, PersonRights ofPerson, Behind.@Nullable Nobody nobody) {
    PersonRights rights = ofPerson.forStatement(sql);
    String digest = StatementText.digest(sql);
    return switch (gate.judge(sql, schema.view(), rights)) {
      case Verdict.Allowed allowed ->
          nobody != null && allowed.touchesData()
              ? refused(
                  new Verdict.Refused(nobody.code(), nobody.what(), -1), rights.version(), digest)
              : allowed(allowed, rights, digest);
      case Verdict.Refused refused -> refused(refused, rights.version(), digest);
    };
  }

  private static Explanation refused(Verdict.Refused refused, String version, String digest) {
    return new Explanation(
        Explanation.Decision.DENY,
        refused.reason() + ": " + refused.code().meaning(),
        refused.code().id(),
        refused.position(),
        null,
        List.of(),
        List.of(),
        List.of(),
        version,
        digest);
  }

  private static Explanation allowed(Verdict.Allowed verdict, PersonRights rights, String digest) {
    List<Explanation.Column> columns =
        verdict.uses().stream().map(use -> column(use, rights)).distinct().toList();
    return new Explanation(
        verdict.masked() ? Explanation.Decision.MASK : Explanation.Decision.ALLOW,
        reason(verdict, columns, rights),
        null,
        -1,
        KEY.matcher(verdict.sql()).replaceAll("decode('***', 'hex')"),
        verdict.tables().stream().sorted(Comparator.comparing(TableName::toString)).toList(),
        columns,
        verdict.lookUps().stream().map(StatementExplainer::lookUp).toList(),
        rights.version(),
        digest);
  }

  /** As the gate treats it: stricter than its own rights where its table inherits from others. */
  private static Explanation.Column column(ColumnUse use, PersonRights rights) {
    ColumnDecision own = rights.decide(use.table(), use.column());
    return new Explanation.Column(
        use.table(),
        use.column(),
        new ColumnDecision(own.level(), own.category(), use.treatment(), own.reason()));
  }

  private static Explanation.LookUp lookUp(LookUp lookUp) {
    String operand =
        switch (lookUp.operand()) {
          case LookUp.Operand.Constant(var value) -> "constant";
          case LookUp.Operand.Parameter parameter -> "$" + parameter.number();
        };
    return new Explanation.LookUp(lookUp.right(), operand);
  }

  private static String reason(
      Verdict.Allowed verdict, List<Explanation.Column> columns, PersonRights rights) {
    if (!verdict.masked()) {
      return columns.stream()
              .anyMatch(column -> column.decision().treatment() instanceof Treatment.Granted)
          ? "what it reads above clearance is granted"
          : "everything it reads is within clearance";
    }
    Stream<String> rows =
        verdict.tables().stream()
            .filter(table -> rights.rowFilter(table).isPresent())
            .map(table -> table + ": only rows that the person may see")
            .sorted();
    Stream<String> hidden =
        columns.stream()
            .filter(column -> !column.decision().treatment().showsValues())
            .map(column -> column.name() + ": " + column.why())
            .distinct();
    String masked = Stream.concat(hidden, rows).collect(Collectors.joining(", "));
    return masked.isEmpty() ? "a table that it reads has columns above clearance" : masked;
  }
}
