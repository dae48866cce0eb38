// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Rewrites statements so that nobody sees above their clearance, whatever they write.
 *
 * <p>A statement passes {@link org.citywall.masking.sql.SqlGate}: limits, then an analyser, then
 * the rewriter. Each place that reads a relation with protected columns reads a derived table
 * instead, in which these columns are masked already; functions, predicates, unions and common
 * table expressions then work on masked values. What is not known to be harmless is refused:
 * statements, constructs, functions, system relations and settings are allow-lists. A lexer of its
 * own checks behind the analyser that no protected table is named at a place nobody accounted for.
 */
@NullMarked
package org.citywall.masking.sql;

import org.jspecify.annotations.NullMarked;
