// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

/** Something that an event must have before a rule can match. */
sealed interface Need {

  int slot();

  /** One value of the field is this text. */
  record Exact(int slot, String text) implements Need {}

  /**
   * One value of the field has this text within it; slot {@link Needs#ALL_FIELDS} for any field.
   */
  record Part(int slot, String text) implements Need {}

  /** The field is there. */
  record Present(int slot) implements Need {}
}
