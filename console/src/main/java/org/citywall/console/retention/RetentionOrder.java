// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.retention;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.retention.HoldScope;
import org.citywall.audit.retention.Payloads;
import org.citywall.console.account.Role;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to be done about retention. Who proposes administers the system, who approves
 * answers for security, and who audits does neither.
 */
public sealed interface RetentionOrder {

  /** The roles of which an account needs one. */
  Set<Role> roles();

  /** One line for the log: the order and what it is about. */
  String text();

  /** Place a legal hold. */
  record Hold(HoldScope scope, String incident, String reason) implements RetentionOrder {
    @Override
    public Set<Role> roles() {
      return Set.of(Role.ADMIN, Role.CHIEF);
    }

    @Override
    public String text() {
      return "hold " + scope;
    }
  }

  /** Propose to lift the hold of this leaf. */
  record Lift(long hold, String reason) implements RetentionOrder {
    @Override
    public Set<Role> roles() {
      return Set.of(Role.ADMIN);
    }

    @Override
    public String text() {
      return "lift " + hold;
    }
  }

  /** Propose to destroy payloads. */
  record Propose(Payloads payloads, String reason) implements RetentionOrder {
    @Override
    public Set<Role> roles() {
      return Set.of(Role.ADMIN);
    }

    @Override
    public String text() {
      return "propose " + payloads;
    }
  }

  /** Take back or reject the proposal of this leaf. */
  record Withdraw(long proposal) implements RetentionOrder {
    @Override
    public Set<Role> roles() {
      return Set.of(Role.ADMIN, Role.CHIEF);
    }

    @Override
    public String text() {
      return "withdraw " + proposal;
    }
  }

  /** Approve the proposal of this leaf, as the second person. */
  record Approve(long proposal) implements RetentionOrder {
    @Override
    public Set<Role> roles() {
      return Set.of(Role.CHIEF);
    }

    @Override
    public String text() {
      return "approve " + proposal;
    }
  }

  /** Destroy what the approval of this leaf allows. */
  record Destroy(long approval) implements RetentionOrder {
    @Override
    public Set<Role> roles() {
      return Set.of(Role.ADMIN);
    }

    @Override
    public String text() {
      return "destroy " + approval;
    }
  }

  /**
   * The order that a form or a command says: {@code hold} (group, from, to, incident, reason),
   * {@code lift} (leaf, reason), {@code propose} (payloads as {@code YYYY-MM GROUP}, reason),
   * {@code withdraw}, {@code approve}, {@code destroy} (leaf). {@code AUD-0124} where something is
   * missing or malformed.
   */
  static RetentionOrder of(String act, Map<String, String> said) {
    try {
      return switch (act) {
        case "hold" ->
            new Hold(
                new HoldScope(given(said, "group"), month(said, "from"), month(said, "to")),
                said.getOrDefault("incident", "").strip(),
                reason(said));
        case "lift" -> new Lift(leaf(said), reason(said));
        case "propose" -> new Propose(payloads(said), reason(said));
        case "withdraw" -> new Withdraw(leaf(said));
        case "approve" -> new Approve(leaf(said));
        case "destroy" -> new Destroy(leaf(said));
        default -> throw new IllegalArgumentException(act);
      };
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new PlatformException(
          AuditErrorCode.RETENTION_STATEMENT_INVALID, "an order that is no order", e);
    }
  }

  private static @Nullable String given(Map<String, String> said, String name) {
    String value = said.getOrDefault(name, "").strip();
    return value.isEmpty() ? null : value;
  }

  private static @Nullable YearMonth month(Map<String, String> said, String name) {
    String value = given(said, name);
    return value == null ? null : YearMonth.parse(value);
  }

  private static String reason(Map<String, String> said) {
    return said.getOrDefault("reason", "").strip();
  }

  private static long leaf(Map<String, String> said) {
    return Long.parseLong(said.getOrDefault("leaf", ""));
  }

  private static Payloads payloads(Map<String, String> said) {
    String[] parts = said.getOrDefault("payloads", "").split(" ", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException("no month and group");
    }
    return new Payloads(parts[1], YearMonth.parse(parts[0]));
  }
}
