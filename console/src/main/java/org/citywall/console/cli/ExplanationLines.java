// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.citywall.masking.config.ProxyMode;
import org.citywall.masking.explain.Explanation;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.policy.LookUpRight;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An explanation as it is printed.
 *
 * @param schema from where names were known
 */
record ExplanationLines(Explanation explanation, String schema, ProxyMode mode) {

  /** One object on one line; {@code docs/reference/proxy/explanation.schema.json}. */
  String json() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("decision", word(explanation.decision()));
    object.put("reason", explanation.reason());
    object.put("code", explanation.code());
    object.put("position", explanation.position() < 0 ? null : explanation.position());
    object.put("rewritten", explanation.rewritten());
    object.put("tables", explanation.tables().stream().map(TableName::toString).toList());
    object.put("columns", explanation.columns().stream().map(ExplanationLines::object).toList());
    object.put("look-ups", explanation.lookUps().stream().map(ExplanationLines::object).toList());
    object.put("schema", schema);
    object.put("mode", word(mode));
    object.put("policy", explanation.policyVersion());
    object.put("digest", explanation.digest());
    return JsonMapper.shared().writeValueAsString(object);
  }

  private static Map<String, Object> object(Explanation.Column column) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("table", column.table().toString());
    object.put("name", column.name());
    object.put("level", column.decision().level());
    object.put("category", column.decision().category());
    object.put("treatment", treatment(column.decision().treatment()));
    object.put("mask", mask(column.decision().treatment()));
    object.put("reason", column.why());
    return object;
  }

  private static Map<String, Object> object(Explanation.LookUp lookUp) {
    LookUpRight right = lookUp.right();
    IdentifierKind identifier = right.identifier();
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("table", right.table().toString());
    object.put("name", right.column());
    object.put("operand", lookUp.operand());
    object.put("identifier", identifier == null ? null : word(identifier).replace('_', '-'));
    object.put("values", right.values());
    object.put("period", right.period().toString());
    object.put("grant", right.grant());
    return object;
  }

  /** For people. */
  String text() {
    StringBuilder text = new StringBuilder();
    row(text, "decision", word(explanation.decision()));
    row(text, "reason", explanation.reason());
    row(text, "code", explanation.code());
    row(text, "position", explanation.position() < 0 ? null : explanation.position());
    row(text, "schema", schema);
    row(text, "mode", word(mode));
    row(text, "policy", explanation.policyVersion());
    row(text, "digest", explanation.digest());
    row(text, "rewritten", explanation.rewritten());
    for (Explanation.Column column : explanation.columns()) {
      Treatment treatment = column.decision().treatment();
      String mask = mask(treatment);
      text.append(
          String.format(
              Locale.ROOT,
              "%-40s level %d  %-7s %s%s%n",
              column.table() + "." + column.name(),
              column.decision().level(),
              treatment(treatment),
              mask == null ? "" : mask + ", ",
              column.why()));
    }
    for (Explanation.LookUp lookUp : explanation.lookUps()) {
      LookUpRight right = lookUp.right();
      text.append(
          String.format(
              Locale.ROOT,
              "%-40s look-up of %s, %d values in %s, grant %s%n",
              right.table() + "." + right.column(),
              lookUp.operand(),
              right.values(),
              right.period(),
              right.grant()));
    }
    return text.toString().stripTrailing();
  }

  private static void row(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append(String.format(Locale.ROOT, "%-10s %s%n", name, value));
    }
  }

  private static String treatment(Treatment treatment) {
    return switch (treatment) {
      case Treatment.Plain() -> "plain";
      case Treatment.Granted(var grants) -> "granted";
      case Treatment.Masked(var mask) -> "masked";
      case Treatment.Hidden(var reason) -> "hidden";
    };
  }

  private static @Nullable String mask(Treatment treatment) {
    return treatment instanceof Treatment.Masked masked ? masked.mask().algorithm() : null;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
