// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.util.List;
import java.util.Map;

/** Where values of a table's columns come from. What is taken from it is never written anywhere. */
@FunctionalInterface
public interface Samples {

  /** None: names, types and comments alone. */
  Samples NONE = table -> Map.of();

  /** Some values by column, as texts; columns without any may be absent. */
  Map<String, List<String>> of(LiveTable table);
}
