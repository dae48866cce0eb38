// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.Refusal;
import org.citywall.audit.retention.RetentionLedger;
import org.citywall.audit.retention.RetentionLedger.Approval;
import org.citywall.audit.retention.RetentionLedger.Destruction;
import org.citywall.audit.retention.RetentionLedger.Hold;
import org.citywall.audit.retention.RetentionLedger.Proposal;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.retention.RetentionStatement.Destroyed;
import org.citywall.audit.retention.RetentionStatement.DestructionProposed;
import org.jspecify.annotations.Nullable;

/**
 * How keeping and destroying stands at a moment.
 *
 * @param stated whether an entry set the policy; else it is the default
 * @param due payloads that policy and law allow to destroy, oldest first
 * @param kept how many groups and months have to be kept still
 * @param waiting proposals that an approval can come to
 * @param approved destructions that two persons agreed on and nobody carried out
 * @param done destructions, newest first
 */
public record RetentionBoard(
    RetentionPolicy policy,
    boolean stated,
    List<Hold> holds,
    List<Due> due,
    int kept,
    List<Waiting> waiting,
    List<Waiting> approved,
    List<Destruction> done) {

  /**
   * Payloads that are old enough.
   *
   * @param since when they were
   * @param count how many there are, or null while they are being counted
   * @param held why they cannot be destroyed all the same, or null
   * @param proposed whether a proposal waits or is approved
   */
  public record Due(
      Payloads payloads,
      Instant since,
      @Nullable Long count,
      @Nullable Refusal held,
      boolean proposed) {}

  /** A proposal, and until when the next step can be taken. */
  public record Waiting(Proposal proposal, Instant until) {

    /** What is to be destroyed; null where a hold is to be lifted. */
    public @Nullable Payloads payloads() {
      return proposal.made() instanceof DestructionProposed made ? made.payloads() : null;
    }

    /** Leaf of the approval, or -1. */
    public long approvedAt() {
      Approval approval = proposal.approval();
      return approval == null ? -1 : approval.leaf();
    }

    /** Who approved, or empty text. */
    public String approvedBy() {
      Approval approval = proposal.approval();
      return approval == null ? "" : approval.made().person();
    }
  }

  /**
   * @param counts payloads by group and month, as far as they were counted
   */
  public static RetentionBoard of(KeptLog log, Map<Payloads, Long> counts, Instant now) {
    RetentionLedger ledger = log.retention();
    RetentionPolicy policy = ledger.policy();
    List<Payloads> payloads = log.payloads();
    List<Waiting> waiting =
        ledger.waiting(now).stream()
            .map(proposal -> new Waiting(proposal, proposal.at().plus(policy.approvalTime())))
            .toList();
    List<Waiting> approved = approved(ledger, Set.copyOf(payloads), now);
    Set<Payloads> proposed =
        Stream.concat(waiting.stream(), approved.stream())
            .map(Waiting::payloads)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
    List<Due> due = new ArrayList<>();
    for (Payloads one : payloads) {
      Instant since = policy.earliest(one);
      if (!now.isBefore(since)) {
        Refusal held = ledger.refusal(new DestructionProposed(one, "?", "?"), now).orElse(null);
        due.add(new Due(one, since, counts.get(one), held, proposed.contains(one)));
      }
    }
    return new RetentionBoard(
        policy,
        ledger.hasPolicy(),
        ledger.holds(),
        due,
        payloads.size() - due.size(),
        waiting,
        approved,
        ledger.destructions().reversed());
  }

  private static List<Waiting> approved(
      RetentionLedger ledger, Set<Payloads> payloads, Instant now) {
    List<Waiting> approved = new ArrayList<>();
    for (Proposal proposal : ledger.proposals()) {
      Approval approval = proposal.approval();
      if (approval != null
          && proposal.made() instanceof DestructionProposed made
          && payloads.contains(made.payloads())
          && ledger
              .refusal(new Destroyed(made.payloads(), List.of(), approval.leaf()), now)
              .isEmpty()) {
        Instant until = approval.at().plus(ledger.policy().approvalTime());
        approved.add(new Waiting(proposal, until));
      }
    }
    return approved;
  }
}
