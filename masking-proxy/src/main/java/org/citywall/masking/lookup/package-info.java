// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Counts values by which persons find rows, and says when a budget nears its end. What is counted
 * is named {@code look-up/PERSON/SCHEMA.TABLE.COLUMN/BEGIN}, with the beginning of the period in
 * seconds since 1970.
 */
@NullMarked
package org.citywall.masking.lookup;

import org.jspecify.annotations.NullMarked;
