// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A case of a corpus.
 *
 * @param ideal {@code mask}, {@code deny} or {@code allow}
 * @param check {@code value}, {@code infer} or {@code run}
 * @param steps statements to run one after the other
 * @param parameters of the only step, as texts
 */
public record CorpusCase(
    String id,
    String kind,
    String ideal,
    String check,
    List<String> steps,
    List<String> parameters) {

  @Override
  public String toString() {
    return id + " " + kind;
  }

  public static List<CorpusCase> read(String corpus) {
    List<CorpusCase> cases = new ArrayList<>();
    for (String part : corpus.split("(?m)^-- @id ", -1)) {
      if (part.startsWith("-- ")) {
        continue;
      }
      String[] head = part.substring(0, part.indexOf('\n')).split(" ", -1);
      List<String> parameters = new ArrayList<>();
      StringBuilder body = new StringBuilder();
      for (String line : part.substring(part.indexOf('\n') + 1).split("\n", -1)) {
        if (line.startsWith("-- @param ")) {
          parameters.add(line.substring("-- @param ".length()));
        } else {
          body.append(line).append('\n');
        }
      }
      cases.add(
          new CorpusCase(
              head[0],
              value(head[1]),
              value(head[2]),
              value(head[3]),
              List.of(body.toString().strip().split("\n--;;\n")),
              parameters));
    }
    return cases;
  }

  private static String value(String field) {
    return field.substring(field.indexOf('=') + 1);
  }
}
