// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.Set;
import org.citywall.masking.policy.TableName;

/**
 * A view of hardened mode.
 *
 * @param of the relation behind it
 * @param view its own name
 * @param query what it selects, masked and filtered
 * @param plain columns that it shows as they are, and that can be written through it
 */
public record ProfileView(TableName of, TableName view, String query, Set<String> plain) {

  public ProfileView {
    plain = Set.copyOf(plain);
  }
}
