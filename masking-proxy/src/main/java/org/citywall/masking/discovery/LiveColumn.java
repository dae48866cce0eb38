// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.discovery;

import org.citywall.masking.mask.ColumnType;

/**
 * A column as the database has it.
 *
 * @param comment empty where there is none
 */
public record LiveColumn(String name, ColumnType type, String comment) {}
