// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Runs rules of the Sigma specification, version 2, as they are.
 *
 * <h2>Reading</h2>
 *
 * {@link org.citywall.correlation.sigma.SigmaRules} reads files and folders of rules, correlations
 * and filters. What it does not take it lists, each with file, line, code and reason; it leaves out
 * nothing else.
 *
 * <h2>Matching</h2>
 *
 * An event is a set of fields, each with any number of values. A test on a field is true when it is
 * true of any value. Text is compared without regard to case, character by character in the root
 * locale, except under {@code cased} and {@code re}. {@code null} is true of a field that is absent
 * or null; {@code neq} is the negation of equality, so true of an absent field too. A regular
 * expression may match anywhere in the value and gets a bounded number of steps; one that needs
 * more counts as no match, and is counted.
 *
 * <p>{@link org.citywall.correlation.sigma.SigmaMatcher} evaluates a rule only where the event has
 * a literal that the rule cannot do without, and where the event does not contradict the rule's log
 * source. An event that says nothing of its log source is tested against all rules: a rule too many
 * costs time, one too few is a silent miss. The facts are in {@code log-sources.yaml}, the names
 * that a field of a rule goes by in other schemas in {@code field-names.yaml}.
 */
@NullMarked
package org.citywall.correlation.sigma;

import org.jspecify.annotations.NullMarked;
