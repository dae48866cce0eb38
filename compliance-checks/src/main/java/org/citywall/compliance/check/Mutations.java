// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Conditions with one mistake each, such as people make: a comparison the wrong way round, a limit
 * off by one, a part left out. Fixtures that tell none of them from the condition prove little.
 */
final class Mutations {

  /** A condition with a mistake, and which. */
  record Mutant(String mistake, Condition condition) {}

  private Mutations() {}

  static List<Mutant> of(Condition condition) {
    List<Mutant> mutants = new ArrayList<>(here(condition));
    List<Condition> parts = condition.parts();
    for (int i = 0; i < parts.size(); i++) {
      for (Mutant inner : of(parts.get(i))) {
        List<Condition> changed = new ArrayList<>(parts);
        changed.set(i, inner.condition());
        mutants.add(new Mutant(inner.mistake(), condition.with(changed)));
      }
    }
    return mutants;
  }

  private static List<Mutant> here(Condition condition) {
    return switch (condition) {
      case Condition.Test test -> tests(test);
      case Condition.All all -> lists(all, "any in the place of all", new Condition.Any(all.of()));
      case Condition.Any any -> lists(any, "all in the place of any", new Condition.All(any.of()));
      case Condition.None none ->
          lists(none, "any in the place of none", new Condition.Any(none.of()));
      case Condition.Exactly exactly ->
          List.of(
              new Mutant("one more", new Condition.Exactly(exactly.number() + 1, exactly.of())),
              new Mutant("one less", new Condition.Exactly(exactly.number() - 1, exactly.of())));
      case Condition.If choice ->
          List.of(
              new Mutant(
                  "then and else the other way round",
                  new Condition.If(choice.when(), choice.otherwise(), choice.then())));
      case Condition.Elements elements -> elements(elements);
    };
  }

  private static List<Mutant> lists(Condition condition, String mistake, Condition other) {
    List<Mutant> mutants = new ArrayList<>();
    List<Condition> parts = condition.parts();
    if (parts.size() > 1 || condition instanceof Condition.None) {
      mutants.add(new Mutant(mistake, other));
    }
    for (int i = 0; parts.size() > 1 && i < parts.size(); i++) {
      List<Condition> fewer = new ArrayList<>(parts);
      Condition left = fewer.remove(i);
      mutants.add(new Mutant("without " + left, condition.with(fewer)));
    }
    return mutants;
  }

  private static List<Mutant> tests(Condition.Test test) {
    List<Mutant> mutants = new ArrayList<>();
    mutants.add(new Mutant("not " + test, new Condition.None(List.of(test))));
    if (test.missing() != Truth.UNKNOWN) {
      mutants.add(
          new Mutant(
              "missing the other way round in " + test,
              new Condition.Test(
                  test.path(), test.operator(), test.wanted(), test.missing().not())));
    }
    for (JsonNode wanted : near(test.operator(), test.wanted())) {
      mutants.add(
          new Mutant(
              wanted + " in " + test,
              new Condition.Test(test.path(), test.operator(), wanted, test.missing())));
    }
    return mutants;
  }

  /** What somebody might have written in the place of a value. */
  private static List<JsonNode> near(Operator operator, JsonNode wanted) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (operator) {
      case AT_LEAST -> List.of(nodes.numberNode(wanted.decimalValue().add(BigDecimal.ONE)));
      case AT_MOST -> List.of(nodes.numberNode(wanted.decimalValue().subtract(BigDecimal.ONE)));
      case IN, CONTAINS -> shorter(wanted);
      case MODE_WITHIN -> List.of(nodes.stringNode("7777"), nodes.stringNode("0000"));
      case EXISTS, EQUALS, MATCHES -> List.of();
    };
  }

  private static List<JsonNode> shorter(JsonNode list) {
    List<JsonNode> shorter = new ArrayList<>();
    for (int i = 0; list.isArray() && list.size() > 1 && i < list.size(); i++) {
      ArrayNode fewer = ((ArrayNode) list).deepCopy();
      fewer.remove(i);
      shorter.add(fewer);
    }
    return shorter;
  }

  private static List<Mutant> elements(Condition.Elements elements) {
    List<Mutant> mutants = new ArrayList<>();
    Integer least = elements.least();
    Integer most = elements.most();
    if (elements.where() != null) {
      mutants.add(
          new Mutant(
              "without where in " + elements.list(),
              new Condition.Elements(elements.list(), null, elements.meet(), least, most)));
    }
    if (least == null && most == null) {
      mutants.add(new Mutant("some of " + elements.list(), with(elements, 1, null)));
    }
    if (least != null) {
      mutants.add(new Mutant("one more of " + elements.list(), with(elements, least + 1, most)));
    }
    if (most != null) {
      mutants.add(new Mutant("one more of " + elements.list(), with(elements, least, most + 1)));
    }
    return mutants;
  }

  private static Condition with(
      Condition.Elements elements, @Nullable Integer least, @Nullable Integer most) {
    return new Condition.Elements(elements.list(), elements.where(), elements.meet(), least, most);
  }
}
