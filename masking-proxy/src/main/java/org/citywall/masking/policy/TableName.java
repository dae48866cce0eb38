// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

/**
 * The name of a relation as PostgreSQL stores it: folded to lower case where it was not quoted.
 *
 * @param schema for example {@code public}
 * @param name for example {@code person}
 */
public record TableName(String schema, String name) {

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
