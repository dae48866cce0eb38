// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/**
 * A table that the catalogue grades.
 *
 * @param owner code of the unit that answers for it; null where that is open
 * @param subject column that identifies the person a row is about; null where rows are about none
 * @param sharing null where that is open
 * @param opening as written, or as the scheme has it for the highest level of the columns
 * @param rows what its rows have to meet, all of it
 * @param columns by name, in the order of the file
 */
public record CataloguedTable(
    TableName name,
    @Nullable String owner,
    @Nullable String subject,
    NationalGrade grade,
    @Nullable Sharing sharing,
    Opening opening,
    Needs needs,
    List<RowRule> rows,
    Map<String, CataloguedColumn> columns) {

  public CataloguedTable {
    rows = List.copyOf(rows);
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }
}
