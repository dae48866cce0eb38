// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.time.LocalDate;

/**
 * Why an item does not apply, or why what was found of it is accepted for a time.
 *
 * @param approver who agreed, never the assessor; of a waiver all who signed it
 * @param until last day on which it holds; afterwards the item is untested again, or what was found
 */
public record Applicability(String reason, String approver, LocalDate until) {}
