// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.util.List;

/**
 * What became of a batch of records.
 *
 * @param ticket to wait on for durability, see {@link Intake#awaitDurable}
 * @param outcomes one for each record, in order
 */
public record Receipt(long ticket, List<Outcome> outcomes) {

  public Receipt {
    outcomes = List.copyOf(outcomes);
  }
}
