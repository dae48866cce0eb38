// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What the registers know of a person because of what is staged. */
final class PersonFacts {

  private @Nullable Instant created;
  private @Nullable Instant lastSeen;
  private @Nullable Instant returned;
  private @Nullable Instant roleChanged;
  private @Nullable LocalDate leaves;

  void created(Instant when) {
    created = when;
  }

  void lastSeen(Instant when) {
    lastSeen = when;
  }

  void returned(Instant when) {
    returned = when;
  }

  void roleChanged(Instant when) {
    roleChanged = when;
  }

  void leaves(LocalDate day) {
    leaves = day;
  }

  @Nullable Instant created() {
    return created;
  }

  @Nullable Instant lastSeen() {
    return lastSeen;
  }

  @Nullable Instant returned() {
    return returned;
  }

  @Nullable Instant roleChanged() {
    return roleChanged;
  }

  @Nullable LocalDate leaves() {
    return leaves;
  }
}
