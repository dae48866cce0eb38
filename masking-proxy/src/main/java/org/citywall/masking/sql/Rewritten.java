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
 * @param replaced whether something else is read in the place of a relation that it names
 * @param secret whether a mask in it holds a secret
 * @param open whether the person sees every row and column of all that it names as it is, by no
 *     grant
 * @param readsTexts whether the text of a constant was looked at
 * @param edits by which the text became what it is
 */
record Rewritten(
    String sql,
    List<StatementFacts> facts,
    List<ColumnUse> uses,
    Set<TableName> tables,
    boolean masked,
    boolean replaced,
    boolean secret,
    List<LookUp> lookUps,
    List<WrittenText> written,
    boolean open,
    boolean readsTexts,
    Edits edits) {}
