// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.citywall.masking.policy.TableName;

/** Proposals as a piece of a {@code catalogue.yaml}, in which each entry says that it is one. */
public final class ProposalFragment {

  private static final String HEAD =
      """
      # Proposals that nobody has decided: read each line, correct its level and category, and take
      # the word "proposal" away, before you copy it into the catalogue. A column in a comment is one
      # about which nothing was found, which does not mean that it is harmless.
      """;
  private static final Pattern PLAIN = Pattern.compile("[a-z_\\p{IsHan}][a-z0-9_\\p{IsHan}]*");

  private ProposalFragment() {}

  /** The text for these columns of each table. */
  public static String of(Map<LiveTable, List<LiveColumn>> columns, List<Proposal> proposals) {
    Map<TableName, Map<String, Proposal>> byColumn =
        proposals.stream()
            .collect(
                Collectors.groupingBy(
                    Proposal::table,
                    Collectors.toMap(one -> one.column().name(), Function.identity())));
    StringBuilder yaml = new StringBuilder(HEAD);
    yaml.append(proposals.isEmpty() ? "tables: []\n" : "tables:\n");
    columns.forEach(
        (table, some) ->
            yaml.append(table(table, some, byColumn.getOrDefault(table.name(), Map.of()))));
    return yaml.toString();
  }

  private static String table(
      LiveTable table, List<LiveColumn> columns, Map<String, Proposal> proposed) {
    String name = quoted(name(table.name().schema()) + "." + name(table.name().name()));
    StringBuilder yaml = new StringBuilder();
    yaml.append(proposed.isEmpty() ? "  # - name: " : "  - name: ").append(name);
    yaml.append(proposed.isEmpty() ? "   # nothing found\n" : "   # proposal\n    columns:\n");
    columns.forEach(column -> yaml.append(line(column, proposed)));
    return yaml.toString();
  }

  private static String line(LiveColumn column, Map<String, Proposal> proposed) {
    String key = quoted(name(column.name()));
    String type = "type: " + quotedAlways(column.type().sqlName());
    Proposal proposal = proposed.get(column.name());
    return proposal == null
        ? "      # " + key + ": {level: , " + type + "}   # nothing found\n"
        : "      "
            + key
            + ": {level: "
            + proposal.level()
            + ", category: "
            + proposal.category()
            + ", "
            + type
            + "}   # proposal, confidence "
            + proposal.confidence()
            + ": "
            + String.join("; ", proposal.reasons()).replaceAll("[\\r\\n]", " ")
            + "\n";
  }

  /** A name as SQL writes it. */
  private static String name(String name) {
    return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String quoted(String text) {
    return text.indexOf('"') < 0 ? text : quotedAlways(text);
  }

  private static String quotedAlways(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
