// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is asserted of facts. Three-valued: what the facts do not say is unknown, and an unknown
 * that decides makes the whole unknown, never true.
 */
sealed interface Condition {

  /** Whether it holds; what decided is added to the remarks. */
  Truth judge(JsonNode facts, Remarks remarks);

  /** The conditions that it is made of. */
  List<Condition> parts();

  /** The same condition with other parts, as many as {@link #parts()}. */
  Condition with(List<Condition> parts);

  /** All of them. */
  record All(List<Condition> of) implements Condition {
    public All {
      of = List.copyOf(of);
    }

    @Override
    public Truth judge(JsonNode facts, Remarks remarks) {
      return Truth.all(judgeEach(of, facts, remarks));
    }

    @Override
    public List<Condition> parts() {
      return of;
    }

    @Override
    public Condition with(List<Condition> parts) {
      return new All(parts);
    }
  }

  /** At least one of them. */
  record Any(List<Condition> of) implements Condition {
    public Any {
      of = List.copyOf(of);
    }

    @Override
    public Truth judge(JsonNode facts, Remarks remarks) {
      return Truth.any(judgeEach(of, facts, remarks));
    }

    @Override
    public List<Condition> parts() {
      return of;
    }

    @Override
    public Condition with(List<Condition> parts) {
      return new Any(parts);
    }
  }

  /** None of them. */
  record None(List<Condition> of) implements Condition {
    public None {
      of = List.copyOf(of);
    }

    @Override
    public Truth judge(JsonNode facts, Remarks remarks) {
      return Truth.any(judgeEach(of, facts, remarks)).not();
    }

    @Override
    public List<Condition> parts() {
      return of;
    }

    @Override
    public Condition with(List<Condition> parts) {
      return new None(parts);
    }
  }

  /** So many of them, no more and no fewer. */
  record Exactly(int number, List<Condition> of) implements Condition {
    public Exactly {
      of = List.copyOf(of);
    }

    @Override
    public Truth judge(JsonNode facts, Remarks remarks) {
      List<Truth> each = judgeEach(of, facts, remarks);
      long held = each.stream().filter(truth -> truth == Truth.TRUE).count();
      long open = each.stream().filter(truth -> truth == Truth.UNKNOWN).count();
      if (open == 0) {
        return Truth.of(held == number);
      }
      return held > number || held + open < number ? Truth.FALSE : Truth.UNKNOWN;
    }

    @Override
    public List<Condition> parts() {
      return of;
    }

    @Override
    public Condition with(List<Condition> parts) {
      return new Exactly(number, parts);
    }
  }

  /** One condition or the other, as a first one holds or not. */
  record If(Condition when, Condition then, Condition otherwise) implements Condition {
    @Override
    public Truth judge(JsonNode facts, Remarks remarks) {
      Remarks unsaid = new Remarks();
      return switch (when.judge(facts, unsaid)) {
        case TRUE -> then.judge(facts, remarks);
        case FALSE -> otherwise.judge(facts, remarks);
        case UNKNOWN -> {
          remarks.addAll(unsaid);
          yield Truth.UNKNOWN;
        }
      };
    }

    @Override
    public List<Condition> parts() {
      return List.of(when, then, otherwise);
    }

    @Override
    public Condition with(List<Condition> parts) {
      return new If(parts.get(0), parts.get(1), parts.get(2));
    }
  }

  /**
   * Of the elements of a list for which {@code where} holds, so many meet {@code meet}.
   *
   * @param where null for all elements
   * @param least fewest; null for all of them
   * @param most null for any number
   */
  record Elements(
      FactPath list,
      @Nullable Condition where,
      Condition meet,
      @Nullable Integer least,
      @Nullable Integer most)
      implements Condition {

    private static final int SHOWN = 10;

    @Override
    public Truth judge(JsonNode facts, Remarks remarks) {
      JsonNode elements = list.find(facts);
      if (elements == null || !elements.isContainer()) {
        remarks.missing(list);
        return Truth.UNKNOWN;
      }
      List<Truth> each = new ArrayList<>();
      int shown = 0;
      for (JsonNode element : elements) {
        Remarks own = new Remarks();
        Truth concerns = where == null ? Truth.TRUE : where.judge(element, new Remarks());
        Truth met = concerns == Truth.FALSE ? Truth.FALSE : meet.judge(element, own);
        if (concerns == Truth.FALSE) {
          continue;
        }
        each.add(concerns == Truth.UNKNOWN ? Truth.UNKNOWN : met);
        boolean telling = least == null && most == null ? met != Truth.TRUE : met == Truth.TRUE;
        if (telling && shown++ < SHOWN) {
          remarks.element(list, element, own);
        }
      }
      return count(each, remarks);
    }

    private Truth count(List<Truth> each, Remarks remarks) {
      if (least == null && most == null) {
        return Truth.all(each);
      }
      long held = each.stream().filter(truth -> truth == Truth.TRUE).count();
      long possible = each.stream().filter(truth -> truth != Truth.FALSE).count();
      remarks.count(list, held, least, most);
      Truth enough = least == null ? Truth.TRUE : atLeast(least, held, possible);
      Truth few = most == null ? Truth.TRUE : atLeast(most + 1, held, possible).not();
      return Truth.all(List.of(enough, few));
    }

    private static Truth atLeast(int number, long held, long possible) {
      if (held >= number) {
        return Truth.TRUE;
      }
      return possible >= number ? Truth.UNKNOWN : Truth.FALSE;
    }

    @Override
    public List<Condition> parts() {
      return Stream.of(where, meet).filter(one -> one != null).toList();
    }

    @Override
    public Condition with(List<Condition> parts) {
      return new Elements(
          list, where == null ? null : parts.getFirst(), parts.getLast(), least, most);
    }
  }

  /**
   * A fact compares as it should.
   *
   * @param missing what it is where the fact is not there
   */
  record Test(FactPath path, Operator operator, JsonNode wanted, Truth missing)
      implements Condition {
    @Override
    public Truth judge(JsonNode facts, Remarks remarks) {
      JsonNode found = path.find(facts);
      if (operator == Operator.EXISTS) {
        Truth truth = Truth.of((found != null) == wanted.booleanValue());
        remarks.test(this, found, truth);
        return truth;
      }
      if (found == null) {
        remarks.test(this, null, missing);
        return missing;
      }
      Truth truth = operator.compare(found, wanted);
      remarks.test(this, found, truth);
      return truth;
    }

    @Override
    public List<Condition> parts() {
      return List.of();
    }

    @Override
    public Condition with(List<Condition> parts) {
      return this;
    }
  }

  private static List<Truth> judgeEach(List<Condition> of, JsonNode facts, Remarks remarks) {
    return of.stream().map(one -> one.judge(facts, remarks)).toList();
  }
}
