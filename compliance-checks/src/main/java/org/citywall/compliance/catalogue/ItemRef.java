// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

/**
 * An item of some catalogue, written {@code gbt22239-l3/L3-CES1-01}.
 *
 * @param catalogue id without version
 */
public record ItemRef(String catalogue, String item) {

  @Override
  public String toString() {
    return catalogue + "/" + item;
  }
}
