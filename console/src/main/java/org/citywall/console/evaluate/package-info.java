// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Runs detection over events whose truth is known and says how well it found what was staged.
 *
 * <h2>To which instance an alert belongs</h2>
 *
 * An alert belongs to an instance when all of this holds:
 *
 * <ol>
 *   <li>its rule names the instance's scenario, or one that the truth says the instance satisfies
 *       as well;
 *   <li>at least one of its entries is an event of the instance;
 *   <li>it is about one of the instance's actors, or at least half of its entries are events of the
 *       instance.
 * </ol>
 *
 * An attack is found when an alert of its own scenario belongs to it. An alert of a rule with a
 * scenario is right when it belongs to an attack, and false otherwise: also where it is about a
 * near miss, about what is in order, or about an attack of another scenario. Alerts that were
 * raised while rules were still to learn from the past are counted apart.
 */
@NullMarked
package org.citywall.console.evaluate;

import org.jspecify.annotations.NullMarked;
