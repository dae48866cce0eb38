// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;

/**
 * A column that a statement may read, found by its name: one more than it reads is possible, one
 * less is not.
 */
public record ColumnUse(TableName table, String column, Treatment treatment) {}
