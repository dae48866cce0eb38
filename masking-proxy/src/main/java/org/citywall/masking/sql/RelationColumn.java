// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import org.citywall.masking.mask.ColumnType;

/**
 * A column of a relation.
 *
 * @param attnum its number, from 1
 */
public record RelationColumn(String name, ColumnType type, int attnum) {}
