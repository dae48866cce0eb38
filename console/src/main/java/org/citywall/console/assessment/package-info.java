// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Graded systems, their assessment rounds, what each item came to and on which evidence, and the
 * mending of what was found.
 *
 * <p>Every act is one change of state with its entry in the evidence log ({@code compliance-...}).
 * A round keeps the texts of the frameworks it was begun with. An automated check feeds items of
 * the round: the last run decides, except that it never lifts what a person settled. What is
 * untested, could not be checked or rests on expired evidence never counts as passed and keeps a
 * round from being closed.
 */
@NullMarked
package org.citywall.console.assessment;

import org.jspecify.annotations.NullMarked;
