// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import org.citywall.audit.log.Checkpoint;

/** Somebody outside who is asked to vouch for checkpoints. */
sealed interface AnchorTarget permits TimestampTarget, WitnessTarget {

  /** Name for people and for counting, for example {@code tsa city} or {@code witness police}. */
  String name();

  /** Name of the file in which what it says about a note is kept. */
  String file();

  /**
   * Asks about a note, checks the answer and stores it.
   *
   * @param name of the note in the store
   */
  void ask(String name, Checkpoint checkpoint);
}
