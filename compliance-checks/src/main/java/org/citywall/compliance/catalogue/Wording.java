// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * A text of a catalogue.
 *
 * @param zh the wording that counts
 * @param en for people who read English, or null where nobody translated it
 */
public record Wording(String zh, @Nullable String en) {

  /** The text for a reader; Chinese where there is no other. */
  public String forReader(boolean chinese) {
    return chinese || en == null ? zh : en;
  }
}
