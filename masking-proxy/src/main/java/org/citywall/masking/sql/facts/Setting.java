// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

import java.util.List;

/**
 * A setting that a statement changes or shows.
 *
 * @param name in lower case; empty for all of them
 * @param values constants that are set, as texts; empty for the default
 */
public record Setting(String name, List<String> values) {

  public Setting {
    values = List.copyOf(values);
  }
}
