// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

/**
 * A change that a message makes, if the database does not skip it.
 *
 * @param keep says that it was made
 * @param undo takes it back
 */
record Change(Runnable keep, Runnable undo) {

  static final Change NONE = new Change(() -> {}, () -> {});

  Change and(Change other) {
    return new Change(
        () -> {
          keep.run();
          other.keep().run();
        },
        () -> {
          undo.run();
          other.undo().run();
        });
  }
}
