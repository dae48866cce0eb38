// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql.facts;

/**
 * A constant or parameter, which may stand in one cast, that is written into a column.
 *
 * @param column or the one of which an element or a field is written; empty where columns are
 *     written without being named
 * @param place of the column among those of the target, from 0; -1 where it is named
 * @param at position of the constant or parameter
 */
public record Assignment(String column, int place, int at) {}
