// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The city's data-security index by period: values that feeds count from what the platform keeps,
 * values that persons enter with evidence, and periods that one person prepares and another signs.
 * Every act is one change of state with its entry in the evidence log ({@code
 * compliance-index-...}). A signed period never changes: its report is kept as it was signed.
 */
@NullMarked
package org.citywall.console.scorecard;

import org.jspecify.annotations.NullMarked;
