// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Facts by PostgreSQL's own grammar: libpg_query (Debian package {@code libpg-query1504.0}), called
 * through the foreign-function interface. Statements are parsed on threads of their own, whose
 * stacks hold the deepest tree that the limits let through.
 */
@NullMarked
package org.citywall.masking.sql.postgres;

import org.jspecify.annotations.NullMarked;
