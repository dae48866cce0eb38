// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Masks: what somebody sees in place of a value above their clearance.
 *
 * <p>Names and properties of masks over characters are those of Apache ShardingSphere 5.5.2 ({@code
 * KEEP_FIRST_N_LAST_M}, {@code MASK_FROM_X_TO_Y}, ...), so that a rule written there means the same
 * here, with one exception: where ShardingSphere leaves a value as it is, because it is too short
 * for the rule or lacks the characters that the rule looks for, every character is replaced. A mask
 * that shows the value is none.
 *
 * <p>A mask is an SQL expression over the column, of the column's own type: the database computes
 * it, so that predicates, groups and joins see masked values, too. A mask that a type has no room
 * for ({@code 138****5678} in a number) is null. Lengths and places count characters as PostgreSQL
 * does, where ShardingSphere counts UTF-16 units: a rare character beyond the basic plane is never
 * cut in half.
 */
@NullMarked
package org.citywall.masking.mask;

import org.jspecify.annotations.NullMarked;
