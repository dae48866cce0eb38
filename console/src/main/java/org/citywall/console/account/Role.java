// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

/** What an account may do. The authority of Spring Security is {@code ROLE_} and the name. */
public enum Role {
  /** Security officer: triage and incidents. */
  OFFICER,
  /** Chief cyber-security officer: reads everything of incidents, takes decisions back. */
  CHIEF,
  /** Database administrator: masking policy and grants. */
  DBA,
  /** Auditor: verifies the log and what administrators did; changes nothing. */
  AUDITOR,
  /** Administrator: accounts, sources, retention. */
  ADMIN
}
