// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

/** Where a rule is written: its file, and the line from 1. */
public record Place(String file, int line) {

  @Override
  public String toString() {
    return file + ':' + line;
  }
}
