// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.citywall.audit.anchor.NoteCheck.Statement;
import org.citywall.audit.log.verify.Finding;
import org.jspecify.annotations.Nullable;

/** Decides whether what was found good is as much as the policy wants. */
final class PolicyCheck {

  private static final String WHERE = "anchors";
  private static final Comparator<Statement> BY_TIME = Comparator.comparing(Statement::time);

  private final AnchorPolicy policy;
  private final AnchorFindings findings;
  private final Instant now;

  PolicyCheck(AnchorPolicy policy, AnchorFindings findings, Instant now) {
    this.policy = policy;
    this.findings = findings;
    this.now = now;
  }

  /**
   * Leaves out what its own makers have made worthless: the cosignatures of a witness that went
   * back, and tokens whose certificates have ended and of which nothing shows that they are older.
   */
  List<Statement> worth(List<Statement> statements, ActCheck acts) {
    Set<String> liars = contradicting(statements);
    List<Statement> counted = new ArrayList<>();
    List<Statement> bySize = new ArrayList<>(statements);
    bySize.sort(Comparator.comparingLong(Statement::size).reversed());
    for (Statement statement : bySize) {
      if (statement.kind() == AnchorReport.Kind.COSIGNATURE) {
        if (!liars.contains(statement.who())) {
          counted.add(statement);
        }
      } else if (!statement.validUntil().isBefore(now) || isProvenOlder(statement, counted, acts)) {
        counted.add(statement);
      } else {
        findings.remark(
            statement.path(),
            "not counted: its certificate ended on "
                + statement.validUntil()
                + " and nothing shows that it was made before");
      }
    }
    return counted.reversed();
  }

  /** A witness says that nothing larger was seen before: going back it contradicts itself. */
  private Set<String> contradicting(List<Statement> statements) {
    Set<String> found = new HashSet<>();
    Map<String, Statement> largest = new HashMap<>();
    statements.stream()
        .filter(statement -> statement.kind() == AnchorReport.Kind.COSIGNATURE)
        .sorted(BY_TIME)
        .forEach(
            statement -> {
              Statement before = largest.get(statement.who());
              if (before != null
                  && before.size() > statement.size()
                  && before.time().isBefore(statement.time())) {
                found.add(statement.who());
                findings.remark(
                    statement.path(),
                    "witness "
                        + statement.who()
                        + " is not counted: it cosigned size "
                        + before.size()
                        + " before this one");
              } else if (before == null || statement.size() >= before.size()) {
                largest.put(statement.who(), statement);
              }
            });
    return found;
  }

  /** A later anchor over a tree that tells of the token is newer than the token. */
  private static boolean isProvenOlder(Statement token, List<Statement> later, ActCheck acts) {
    return acts.leaf(token.path())
        .filter(
            leaf ->
                later.stream()
                    .anyMatch(
                        other -> other.size() > leaf && !other.time().isAfter(token.validUntil())))
        .isPresent();
  }

  /** The newest checkpoint that has the quorum, or null; a finding where the policy wants more. */
  AnchorReport.@Nullable Reached quorum(List<Statement> statements) {
    AnchorReport.Reached newest = null;
    TreeMap<String, List<Statement>> byNote = new TreeMap<>();
    statements.forEach(
        each -> byNote.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(each));
    for (List<Statement> about : byNote.values()) {
      Instant at = reached(about);
      if (at != null && (newest == null || at.isAfter(newest.at()))) {
        newest = new AnchorReport.Reached(about.getFirst().size(), at);
      }
    }
    boolean wanted = !(policy.quorum() instanceof Quorum.None) || policy.newest() != null;
    if (newest == null && wanted) {
      findings.missing(WHERE, Finding.NONE, "no checkpoint has the quorum of the policy");
    } else if (newest != null
        && policy.newest() != null
        && newest.at().plus(policy.newest()).isBefore(now)) {
      findings.missing(
          WHERE,
          newest.size(),
          "the newest checkpoint with the quorum is of " + newest.at() + ", older than allowed");
    }
    return newest;
  }

  /** When a checkpoint had the quorum; where none is wanted, when anybody vouched for it. */
  private @Nullable Instant reached(List<Statement> about) {
    boolean witnessed = !(policy.quorum() instanceof Quorum.None);
    Set<WitnessKey> cosigned = new HashSet<>();
    for (Statement statement : about.stream().sorted(BY_TIME).toList()) {
      if (statement.kind() == AnchorReport.Kind.COSIGNATURE) {
        policy.witness(statement.who()).ifPresent(witness -> cosigned.add(witness.key()));
      } else if (witnessed) {
        continue;
      }
      if (policy.quorum().isMetBy(cosigned)) {
        return statement.time();
      }
    }
    return null;
  }

  /** At any time there must be enough tokens in the period before; each shortage is a finding. */
  void tokens(List<Statement> statements) {
    AnchorPolicy.TokenRule rule = policy.tokens();
    if (rule == null) {
      return;
    }
    List<Statement> tokens =
        statements.stream()
            .filter(statement -> statement.kind() == AnchorReport.Kind.TOKEN)
            .sorted(BY_TIME)
            .toList();
    Instant from = policy.since() == null ? firstEnough(tokens, rule) : policy.since();
    if (from == null) {
      findings.missing(
          WHERE, Finding.NONE, "fewer than " + rule.count() + " tokens within " + rule.period());
      return;
    }
    Instant begin = policy.since() == null ? from : from.plus(rule.period());
    List<Instant> moments = new ArrayList<>(tokens.stream().map(Statement::time).toList());
    moments.add(now);
    for (Instant moment : moments) {
      long count = count(tokens, moment, rule);
      if (moment.isAfter(begin) && count < rule.count()) {
        findings.missing(
            WHERE,
            Finding.NONE,
            "before " + moment + " there are " + count + " tokens within " + rule.period());
      }
    }
  }

  private static @Nullable Instant firstEnough(
      List<Statement> tokens, AnchorPolicy.TokenRule rule) {
    return tokens.stream()
        .map(Statement::time)
        .filter(time -> count(tokens, time.plusNanos(1), rule) >= rule.count())
        .findFirst()
        .orElse(null);
  }

  /** How many authorities stamped in the period before this moment. */
  private static long count(List<Statement> tokens, Instant moment, AnchorPolicy.TokenRule rule) {
    Instant from = moment.minus(rule.period());
    return tokens.stream()
        .filter(token -> token.time().isBefore(moment) && !token.time().isBefore(from))
        .map(Statement::who)
        .distinct()
        .count();
  }
}
