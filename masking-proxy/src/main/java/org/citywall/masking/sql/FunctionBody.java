// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

/**
 * A function that the database has beside those of the server, or an operator, which is taken for
 * an aggregate of its function.
 *
 * @param language as {@code pg_language} names it; {@code aggregate} for an aggregate
 * @param immutable whether it is declared to compute of its arguments alone
 * @param ownSettings whether it runs under settings of its own other than the search path
 * @param text its source and the defaults of its arguments; of an aggregate, and of one in the
 *     language {@code internal}, the names of the functions that it consists of
 */
public record FunctionBody(String language, boolean immutable, boolean ownSettings, String text) {}
