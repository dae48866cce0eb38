// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import org.jspecify.annotations.Nullable;

/**
 * What one person sees of a column, and why.
 *
 * @param level by the catalogue's scheme; the highest for a column that the catalogue lacks, 0
 *     where the table is unknown
 * @param category null where none is known
 */
public record ColumnDecision(
    int level, @Nullable String category, Treatment treatment, Reason reason) {}
