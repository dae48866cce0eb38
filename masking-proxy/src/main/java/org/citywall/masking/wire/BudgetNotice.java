// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.time.Instant;
import org.citywall.masking.policy.LookUpRight;

/**
 * That somebody nears the end of what they may look up of a column, or wished for more.
 *
 * @param used values in this period
 * @param refill when the next period begins
 * @param spent whether a statement was refused for it
 */
public record BudgetNotice(
    Access access, LookUpRight right, long used, Instant refill, boolean spent) {}
