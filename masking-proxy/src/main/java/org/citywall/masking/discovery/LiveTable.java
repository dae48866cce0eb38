// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A relation that holds data: a table, partitioned or foreign ones too, or a materialised view.
 *
 * @param comment empty where there is none
 * @param partitionOf the table whose partition it is; null where it is none
 * @param columns by name, in their order
 */
public record LiveTable(
    TableName name,
    String comment,
    @Nullable TableName partitionOf,
    Map<String, LiveColumn> columns) {

  public LiveTable {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** The table without these columns. */
  public LiveTable without(Set<String> names) {
    Map<String, LiveColumn> left = new LinkedHashMap<>(columns);
    left.keySet().removeAll(names);
    return new LiveTable(name, comment, partitionOf, left);
  }
}
