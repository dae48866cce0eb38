// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.util.Set;

/** What an account may do. The authority of Spring Security is {@code ROLE_} and the name. */
public enum Role {
  /** Security officer: triage and incidents. */
  OFFICER(Duty.SECURITY),
  /** Chief cyber-security officer: reads everything of incidents, takes decisions back. */
  CHIEF(Duty.SECURITY),
  /** Database administrator: masking policy and grants. */
  DBA(Duty.SECURITY),
  /** Auditor: verifies the log and what administrators did, assesses; changes nothing else. */
  AUDITOR(Duty.AUDIT),
  /** System administrator: accounts, sources, retention; sees neither incidents nor events. */
  ADMIN(Duty.SYSTEM);

  /** The three administrations that level protection keeps in different hands (三员分立). */
  public enum Duty {
    SYSTEM,
    SECURITY,
    AUDIT
  }

  private final Duty duty;

  Role(Duty duty) {
    this.duty = duty;
  }

  public Duty duty() {
    return duty;
  }

  /** Whether one account may have all of these: they belong to one duty. */
  public static boolean compatible(Set<Role> roles) {
    return roles.stream().map(Role::duty).distinct().count() <= 1;
  }
}
