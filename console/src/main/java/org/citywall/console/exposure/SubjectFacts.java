// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An answer as members of a JSON object: {@code docs/reference/exposure/subject.schema.json}. */
public final class SubjectFacts {

  private SubjectFacts() {}

  /**
   * @param asked leaf of the entry that records the question
   */
  public static Map<String, Object> of(SubjectAnswer answer, long asked) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("question_leaf", asked);
    facts.put("as_of_leaf", answer.asOfLeaf());
    facts.put("log_size", answer.logSize());
    facts.put("complete", answer.complete());
    facts.put("certain", answer.certain());
    facts.put("possible", answer.possible());
    facts.put("accesses", answer.accesses().stream().map(SubjectFacts::access).toList());
    facts.put("questions_before", answer.inquiries().stream().map(SubjectFacts::inquiry).toList());
    return facts;
  }

  private static Map<String, Object> access(SubjectAccess access) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("leaf", access.leaf());
    facts.put("at", access.at().toString());
    facts.put("certain", access.certain());
    facts.put("user", access.who());
    facts.put("person", access.person());
    facts.put("unit", access.unit());
    facts.put("application", access.application());
    facts.put("purpose", access.purpose());
    facts.put("ticket", access.ticket());
    facts.put("operation", access.operation());
    facts.put("tables", access.tables());
    facts.put("columns_shown", access.shown());
    facts.put("columns_masked", access.masked());
    facts.put("grants", access.grants());
    facts.put("approvers", access.approvers());
    facts.put("level", access.level());
    facts.put("rows", access.rows());
    facts.put("persons", access.persons());
    facts.put("lawful", access.lawfulness().name().toLowerCase(Locale.ROOT));
    return facts;
  }

  private static Map<String, Object> inquiry(SubjectAnswer.Inquiry inquiry) {
    return Map.of(
        "leaf", inquiry.leaf(),
        "at", inquiry.at().toString(),
        "user", inquiry.who(),
        "reason", inquiry.reason());
  }
}
