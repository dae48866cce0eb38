// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.retention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.citywall.audit.retention.HoldScope;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionLedger.Destruction;
import org.citywall.audit.retention.RetentionLedger.Hold;
import org.citywall.audit.retention.RetentionStatement.LiftProposed;
import org.citywall.console.retention.RetentionBoard.Due;
import org.citywall.console.retention.RetentionBoard.Waiting;

/**
 * A {@link RetentionBoard} as the members of a JSON object. Of each list at most {@link #MOST}
 * stand in it, and {@code more} says how many were left out: an answer of the control socket is one
 * line of limited length.
 */
public final class RetentionFacts {

  static final int MOST = 60;

  private RetentionFacts() {}

  /** The members, in the order in which people read them. */
  public static Map<String, Object> of(RetentionBoard board) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("days", board.policy().days());
    facts.put("groupDays", new TreeMap<>(board.policy().groups()));
    facts.put("approvalDays", board.policy().approvalDays());
    facts.put("stated", board.stated());
    Map<String, Integer> more = new LinkedHashMap<>();
    put(facts, more, "holds", board.holds(), RetentionFacts::hold);
    put(facts, more, "due", board.due(), RetentionFacts::due);
    facts.put("kept", board.kept());
    put(facts, more, "waiting", board.waiting(), RetentionFacts::waiting);
    put(facts, more, "approved", board.approved(), RetentionFacts::waiting);
    put(facts, more, "destroyed", board.done(), RetentionFacts::destroyed);
    facts.put("more", more);
    return facts;
  }

  private static <T> void put(
      Map<String, Object> facts,
      Map<String, Integer> more,
      String name,
      List<T> list,
      Function<T, Map<String, Object>> fact) {
    facts.put(name, list.stream().limit(MOST).map(fact).toList());
    if (list.size() > MOST) {
      more.put(name, list.size() - MOST);
    }
  }

  private static Map<String, Object> hold(Hold hold) {
    Map<String, Object> fact = new LinkedHashMap<>();
    fact.put("leaf", hold.leaf());
    fact.put("covers", hold.placed().scopes().stream().map(RetentionFacts::covers).toList());
    fact.put("incident", hold.placed().incident());
    fact.put("by", hold.placed().person());
    fact.put("reason", hold.placed().reason());
    return fact;
  }

  private static Map<String, Object> covers(HoldScope scope) {
    Map<String, Object> fact = new LinkedHashMap<>();
    fact.put("group", String.valueOf(scope.group() == null ? "any" : scope.group()));
    fact.put("from", String.valueOf(scope.from() == null ? "-" : scope.from()));
    fact.put("to", String.valueOf(scope.to() == null ? "-" : scope.to()));
    return fact;
  }

  private static Map<String, Object> due(Due due) {
    Map<String, Object> fact = payloads(due.payloads());
    fact.put("since", due.since().toString());
    Long count = due.count();
    if (count != null) {
      fact.put("count", count);
    }
    if (due.proposed()) {
      fact.put("proposed", true);
    }
    if (due.held() != null) {
      fact.put("held", due.held().code().id());
    }
    return fact;
  }

  private static Map<String, Object> waiting(Waiting waiting) {
    Map<String, Object> fact = new LinkedHashMap<>();
    fact.put("leaf", waiting.proposal().leaf());
    Payloads payloads = waiting.payloads();
    if (payloads != null) {
      fact.putAll(payloads(payloads));
    } else if (waiting.proposal().made() instanceof LiftProposed lift) {
      fact.put("hold", lift.hold());
    }
    fact.put("by", String.valueOf(waiting.proposal().made().person()));
    fact.put("reason", String.valueOf(waiting.proposal().made().reason()));
    if (waiting.approvedAt() >= 0) {
      fact.put("approval", waiting.approvedAt());
      fact.put("approvedBy", waiting.approvedBy());
    }
    fact.put("until", waiting.until().toString());
    return fact;
  }

  private static Map<String, Object> destroyed(Destruction done) {
    Map<String, Object> fact = payloads(done.made().payloads());
    fact.put("leaf", done.leaf());
    fact.put("at", done.at().toString());
    fact.put("persons", done.persons());
    fact.put("completed", done.completed());
    return fact;
  }

  private static Map<String, Object> payloads(Payloads payloads) {
    Map<String, Object> fact = new LinkedHashMap<>();
    fact.put("month", payloads.month().toString());
    fact.put("group", payloads.group());
    return fact;
  }
}
