// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Reports of assessment rounds. All formats are made of one {@link AssessmentReport}: the JSON
 * report holds everything, the others show it. {@code citywall score} computes each score of a JSON
 * report again; its proofs are tlog-proof files.
 */
@NullMarked
package org.citywall.console.report;

import org.jspecify.annotations.NullMarked;
