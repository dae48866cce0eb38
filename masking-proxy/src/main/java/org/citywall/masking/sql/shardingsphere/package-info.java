// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Facts by the PostgreSQL grammar of Apache ShardingSphere 5.5.2, for machines without libpg_query.
 * This package alone may know ShardingSphere and ANTLR.
 *
 * <p>Only the grammar is used, not ShardingSphere's statements, which leave table references out.
 * It reads a plain writing of a statement, made of our own lexer's tokens: how ShardingSphere reads
 * comments, quotes and escapes does not matter. What the grammar does not take is refused, and so
 * is a rule of it that is not known here.
 */
@NullMarked
package org.citywall.masking.sql.shardingsphere;

import org.jspecify.annotations.NullMarked;
