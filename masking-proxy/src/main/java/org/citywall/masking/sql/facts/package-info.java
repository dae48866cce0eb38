// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What is known about a statement before it is rewritten: its tokens, and the facts that an
 * analyser reads out of it. The port {@link org.citywall.masking.sql.facts.StatementAnalyser} has
 * one implementation per grammar; a rewriter never sees their trees.
 *
 * <p>Positions are indexes into the statement's UTF-16 units, from 0.
 */
@NullMarked
package org.citywall.masking.sql.facts;

import org.jspecify.annotations.NullMarked;
