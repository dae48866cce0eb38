// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.retention.RetentionStatement.Approved;
import org.citywall.audit.retention.RetentionStatement.Completed;
import org.citywall.audit.retention.RetentionStatement.Destroyed;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.citywall.audit.retention.RetentionStatement.HoldPlaced;
import org.citywall.audit.retention.RetentionStatement.LiftProposed;
import org.citywall.audit.retention.RetentionStatement.PolicySet;
import org.citywall.audit.retention.RetentionStatement.Withdrawn;
import org.jspecify.annotations.Nullable;

/**
 * What the statements of a log add up to, read in order of their leaves. It has the rules: a
 * statement that breaks one has no effect. Safe for use by several threads.
 *
 * <ul>
 *   <li>A policy keeps nothing shorter than {@link RetentionPolicy#FLOOR_DAYS}.
 *   <li>Payloads are destroyed after the policy in force and the law allow it, and under no hold.
 *   <li>A destruction and the end of a hold are proposed by one person and approved by another
 *       while the proposal is fresh; an approval allows one destruction while it is fresh.
 * </ul>
 *
 * What comes between two statements in time is told by the entries' own times.
 */
public final class RetentionLedger {

  /** A hold that nobody has lifted. */
  public record Hold(long leaf, HoldPlaced placed) {}

  /** A proposal and what became of it. */
  public record Proposal(
      long leaf, Instant at, RetentionStatement made, @Nullable Approval approval) {}

  /** An approval and the leaf of the destruction that used it, or -1. */
  public record Approval(long leaf, Instant at, Approved made, long usedBy) {}

  /** A lawful destruction; its copies are erased where it is completed. */
  public record Destruction(
      long leaf, Instant at, Destroyed made, Proposal proposal, boolean completed) {

    /** Who proposed and who approved it. */
    public List<String> persons() {
      Approval approval = proposal.approval();
      return approval == null
          ? List.of(String.valueOf(proposal.made().person()))
          : List.of(String.valueOf(proposal.made().person()), approval.made().person());
    }
  }

  private @Nullable RetentionPolicy policy;
  private final Map<Long, Hold> holds = new TreeMap<>();
  private final Map<Long, Proposal> proposals = new TreeMap<>();
  private final Map<Long, Long> proposalOfApproval = new TreeMap<>();
  private final Map<Long, Destruction> destructions = new TreeMap<>();

  /** The policy in force, which is the default where none was ever set. */
  public synchronized RetentionPolicy policy() {
    return policy == null ? RetentionPolicy.DEFAULT : policy;
  }

  /** Whether a policy was ever set. */
  public synchronized boolean hasPolicy() {
    return policy != null;
  }

  public synchronized List<Hold> holds() {
    return List.copyOf(holds.values());
  }

  public synchronized List<Proposal> proposals() {
    return List.copyOf(proposals.values());
  }

  public synchronized List<Destruction> destructions() {
    return List.copyOf(destructions.values());
  }

  /** The lawful destruction of this leaf. */
  public synchronized Optional<Destruction> destruction(long leaf) {
    return Optional.ofNullable(destructions.get(leaf));
  }

  /** The payloads whose destruction the approval of this leaf allows, used or not. */
  public synchronized Optional<Payloads> approved(long approval) {
    return approvedProposal(approval)
        .map(Proposal::made)
        .filter(DestructionProposed.class::isInstance)
        .map(made -> ((DestructionProposed) made).payloads());
  }

  private Optional<Proposal> approvedProposal(long approval) {
    Long proposal = proposalOfApproval.get(approval);
    return proposal == null ? Optional.empty() : Optional.ofNullable(proposals.get(proposal));
  }

  /** Takes the statement in; answers why it has no effect where that is so. */
  public synchronized Optional<Refusal> accept(long leaf, Instant at, RetentionStatement made) {
    Optional<Refusal> refusal = refusal(made, at);
    if (refusal.isPresent()) {
      return refusal;
    }
    switch (made) {
      case PolicySet set -> policy = set.policy();
      case HoldPlaced placed -> holds.put(leaf, new Hold(leaf, placed));
      case LiftProposed lift -> proposals.put(leaf, new Proposal(leaf, at, lift, null));
      case DestructionProposed proposed ->
          proposals.put(leaf, new Proposal(leaf, at, proposed, null));
      case Approved approved -> approve(leaf, at, approved);
      case Withdrawn withdrawn -> proposals.remove(withdrawn.proposal());
      case Destroyed destroyed -> destroy(leaf, at, destroyed);
      case Completed completed ->
          destructions.computeIfPresent(
              completed.destruction(),
              (key, done) ->
                  new Destruction(done.leaf(), done.at(), done.made(), done.proposal(), true));
    }
    return Optional.empty();
  }

  private void approve(long leaf, Instant at, Approved approved) {
    Approval approval = new Approval(leaf, at, approved, -1);
    proposals.computeIfPresent(
        approved.proposal(),
        (key, proposal) -> {
          if (proposal.made() instanceof LiftProposed lift) {
            holds.remove(lift.hold());
          }
          return new Proposal(proposal.leaf(), proposal.at(), proposal.made(), approval);
        });
    proposalOfApproval.put(leaf, approved.proposal());
  }

  private void destroy(long leaf, Instant at, Destroyed destroyed) {
    Proposal proposal = approvedProposal(destroyed.approval()).orElseThrow();
    Approval approval = proposal.approval();
    if (approval != null) {
      Approval used = new Approval(approval.leaf(), approval.at(), approval.made(), leaf);
      Proposal done = new Proposal(proposal.leaf(), proposal.at(), proposal.made(), used);
      proposals.put(proposal.leaf(), done);
      destructions.put(leaf, new Destruction(leaf, at, destroyed, done, false));
    }
  }

  /** Why the statement would have no effect at this time; empty where it would have. */
  public synchronized Optional<Refusal> refusal(RetentionStatement made, Instant at) {
    if (!isOneLine(made.person()) || !isOneLine(made.reason())) {
      return refused(AuditErrorCode.RETENTION_STATEMENT_INVALID, "a person or reason is malformed");
    }
    if (!StatementText.read(made.text()).equals(Optional.of(made))) {
      // A label of a subject group is a stranger's text.
      return refused(AuditErrorCode.RETENTION_STATEMENT_INVALID, "a text is not one line");
    }
    return switch (made) {
      case PolicySet set ->
          when(
              !set.policy().isLawful(),
              AuditErrorCode.RETENTION_TOO_SHORT,
              "the policy keeps payloads for less than " + RetentionPolicy.FLOOR_DAYS + " days");
      case HoldPlaced placed ->
          when(
              placed.scopes().isEmpty(),
              AuditErrorCode.RETENTION_STATEMENT_INVALID,
              "the hold covers nothing");
      case LiftProposed lift ->
          when(
              !holds.containsKey(lift.hold()),
              AuditErrorCode.RETENTION_UNKNOWN,
              "there is no hold of leaf " + lift.hold());
      case DestructionProposed proposed -> kept(proposed.payloads(), at);
      case Approved approved -> refusal(approved, at);
      case Withdrawn withdrawn ->
          when(
              waits(withdrawn.proposal()) == null,
              AuditErrorCode.RETENTION_UNKNOWN,
              "no proposal of leaf " + withdrawn.proposal() + " waits for approval");
      case Destroyed destroyed -> refusal(destroyed, at);
      case Completed completed ->
          when(
              !destructions.containsKey(completed.destruction()),
              AuditErrorCode.RETENTION_UNKNOWN,
              "there is no destruction of leaf " + completed.destruction());
    };
  }

  private Optional<Refusal> refusal(Approved approved, Instant at) {
    Proposal proposal = waits(approved.proposal());
    if (proposal == null) {
      return refused(
          AuditErrorCode.RETENTION_UNKNOWN,
          "no proposal of leaf " + approved.proposal() + " waits for approval");
    }
    if (isSame(approved.person(), String.valueOf(proposal.made().person()))) {
      return refused(
          AuditErrorCode.APPROVAL_MISSING, "who proposed cannot approve: a second person has to");
    }
    if (isStale(proposal.at(), at)) {
      return refused(AuditErrorCode.APPROVAL_MISSING, "the proposal has expired");
    }
    return switch (proposal.made()) {
      case DestructionProposed proposed -> kept(proposed.payloads(), at);
      case LiftProposed lift ->
          when(
              !holds.containsKey(lift.hold()),
              AuditErrorCode.RETENTION_UNKNOWN,
              "the hold has been lifted before");
      default -> Optional.empty();
    };
  }

  /** The proposal of this leaf while nobody approved it; null for none. */
  private @Nullable Proposal waits(long leaf) {
    Proposal proposal = proposals.get(leaf);
    return proposal == null || proposal.approval() != null ? null : proposal;
  }

  private Optional<Refusal> refusal(Destroyed destroyed, Instant at) {
    Proposal proposal = approvedProposal(destroyed.approval()).orElse(null);
    Approval approval = proposal == null ? null : proposal.approval();
    if (proposal == null
        || approval == null
        || approval.usedBy() >= 0
        || !(proposal.made() instanceof DestructionProposed proposed)
        || !proposed.payloads().equals(destroyed.payloads())) {
      return refused(
          AuditErrorCode.APPROVAL_MISSING,
          "two persons did not approve the destruction of these payloads");
    }
    if (isStale(approval.at(), at)) {
      return refused(AuditErrorCode.APPROVAL_MISSING, "the approval has expired");
    }
    return kept(destroyed.payloads(), at);
  }

  /** Why these payloads have to be kept at this time. */
  private Optional<Refusal> kept(Payloads payloads, Instant at) {
    if (at.isBefore(payloads.floor())) {
      return refused(
          AuditErrorCode.RETENTION_TOO_SHORT,
          payloads + ": too early, below the floor of six months, which ends " + payloads.floor());
    }
    if (at.isBefore(policy().earliest(payloads))) {
      return refused(
          AuditErrorCode.RETENTION_TOO_SHORT,
          payloads + ": too early, the policy keeps them until " + policy().earliest(payloads));
    }
    for (Hold hold : holds.values()) {
      if (hold.placed().scopes().stream().anyMatch(scope -> scope.covers(payloads))) {
        return refused(
            AuditErrorCode.PAYLOADS_HELD,
            payloads + ": under the legal hold of leaf " + hold.leaf());
      }
    }
    return Optional.empty();
  }

  private boolean isStale(Instant since, Instant at) {
    return at.isBefore(since) || at.isAfter(since.plus(policy().approvalTime()));
  }

  /** Proposals that an approval can still come to. */
  public synchronized List<Proposal> waiting(Instant at) {
    List<Proposal> waiting = new ArrayList<>();
    for (Proposal proposal : proposals.values()) {
      if (proposal.approval() == null && !isStale(proposal.at(), at)) {
        waiting.add(proposal);
      }
    }
    return waiting;
  }

  private static boolean isSame(String one, String other) {
    return one.strip().toLowerCase(Locale.ROOT).equals(other.strip().toLowerCase(Locale.ROOT));
  }

  private static boolean isOneLine(@Nullable String text) {
    return text == null || !text.isBlank() && text.codePoints().noneMatch(c -> c < ' ');
  }

  private static Optional<Refusal> when(boolean broken, AuditErrorCode code, String why) {
    return broken ? refused(code, why) : Optional.empty();
  }

  private static Optional<Refusal> refused(AuditErrorCode code, String why) {
    return Optional.of(new Refusal(code, why));
  }
}
