// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Scores: pure functions from an assessment and a versioned rule to a figure, a conclusion and the
 * reason of every point that is missing. The same JSON gives the same score years later.
 *
 * <p>Every rule keeps these properties: a better result never lowers the score; the score lies in
 * 0..100; the order of items, objects and units does not matter; what is not applicable leaves the
 * base; what is not settled (untested, check failed, evidence expired) never counts as passed and
 * keeps the conclusion open. Arithmetic is exact decimal and is rounded half up only where a rule
 * says so.
 */
@NullMarked
package org.citywall.compliance.score;

import org.jspecify.annotations.NullMarked;
