// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Makes months of events of a fictitious city whose truth is known: what everybody does every day,
 * what looks like an attack and is none, and attacks by the definitions of the 38 scenarios. The
 * people, units and data sets are those of the demo. Everything follows from a seed; events are
 * made hour by hour, so that memory does not grow with their number.
 *
 * <h2>Truth</h2>
 *
 * An instance is one staging of a scenario. Its kind says what it has to be for detection: an
 * attack, a near miss, which falls short of the definition, or benign, which is what the scenario's
 * own control against false alerts is for. The ranges from which instances are drawn are in {@code
 * scenarios.yaml}; they come from the definitions, not from thresholds of any rule.
 */
@NullMarked
package org.citywall.console.generate;

import org.jspecify.annotations.NullMarked;
