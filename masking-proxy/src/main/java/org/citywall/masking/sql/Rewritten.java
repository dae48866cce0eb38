// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import java.util.Set;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.StatementFacts;

/**
 * A text whose statements read derived tables.
 *
 * @param secret whether a mask in it holds a secret
 */
record Rewritten(
    String sql,
    List<StatementFacts> facts,
    List<ColumnUse> uses,
    Set<TableName> tables,
    boolean masked,
    boolean secret) {}
