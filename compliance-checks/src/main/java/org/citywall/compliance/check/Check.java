// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.List;
import org.citywall.compliance.collect.Collector;
import org.citywall.compliance.score.Result;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A check: what to collect, and what the facts have to meet. */
public final class Check {

  private final CheckText text;
  private final Collector collector;
  private final Conditions conditions;
  private final List<Fixture> fixtures;

  Check(CheckText text, Collector collector, Conditions conditions, List<Fixture> fixtures) {
    this.text = text;
    this.collector = collector;
    this.conditions = conditions;
    this.fixtures = List.copyOf(fixtures);
  }

  /** What a check says about itself. */
  record CheckText(
      String id,
      int version,
      Text title,
      Text remediation,
      String source,
      Severity severity,
      List<String> items,
      List<FactPath> keep,
      String order) {}

  /**
   * What a check asserts.
   *
   * @param applies of the target; null for every target that its collector serves
   * @param when of the facts: where it does not hold there is nothing to check; null for always
   * @param partly holds where what does not conform conforms partly; null for never
   */
  record Conditions(
      @Nullable Condition applies,
      @Nullable Condition when,
      Condition conforms,
      @Nullable Condition partly) {}

  /** For example {@code linux.sshd.root-login}. */
  public String id() {
    return text.id();
  }

  /** Rises with every change that can change an outcome. */
  public int version() {
    return text.version();
  }

  public Text title() {
    return text.title();
  }

  /** What to do where it does not conform. */
  public Text remediation() {
    return text.remediation();
  }

  /** Where the requirement is from. */
  public String source() {
    return text.source();
  }

  public Severity severity() {
    return text.severity();
  }

  /**
   * Items that it serves, by their ids at level 3, such as {@code L3-CES1-02}; the same requirement
   * at other levels is served through the catalogues.
   */
  public List<String> items() {
    return text.items();
  }

  public Collector collector() {
    return collector;
  }

  /** The same for checks that ask for the same facts. */
  String order() {
    return text.order();
  }

  List<Fixture> fixtures() {
    return fixtures;
  }

  Conditions conditions() {
    return conditions;
  }

  /** Whether it is about targets like this one; unknown counts as that it is. */
  public boolean appliesTo(JsonNode target) {
    Condition applies = conditions.applies();
    return applies == null || applies.judge(target, new Remarks()) != Truth.FALSE;
  }

  /** What the facts come to. */
  public Judgement judge(JsonNode facts) {
    return judge(conditions, facts);
  }

  static Judgement judge(Conditions conditions, JsonNode facts) {
    Remarks remarks = new Remarks();
    Condition when = conditions.when();
    if (when != null && when.judge(facts, remarks) == Truth.FALSE) {
      return new Judgement(Result.NOT_APPLICABLE, remarks.toList());
    }
    Truth truth = conditions.conforms().judge(facts, remarks);
    Condition half = conditions.partly();
    Result result =
        switch (truth) {
          case TRUE -> Result.CONFORM;
          case UNKNOWN -> Result.ERROR;
          case FALSE ->
              half != null && half.judge(facts, new Remarks()) == Truth.TRUE
                  ? Result.PARTIAL
                  : Result.NONCONFORM;
        };
    return new Judgement(result, remarks.toList());
  }

  /** The facts that are kept as evidence: those that the check names, or all. */
  public JsonNode evidence(JsonNode facts) {
    return text.keep().isEmpty() ? facts : Kept.of(facts, text.keep());
  }
}
