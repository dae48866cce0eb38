// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import org.citywall.compliance.score.RiskGrade;

/**
 * A risk that was found in a round.
 *
 * @param position names it within the round
 * @param item it comes from
 * @param major whether it is one of the major hazards of the 2025 list
 * @param mended whether it was removed since
 */
public record RemainingRisk(
    int position, String item, RiskGrade grade, boolean major, String note, boolean mended) {}
