// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import java.time.Instant;

/**
 * Alerts of one rule that are not right.
 *
 * @param rule id of a built-in rule, title of a Sigma rule
 * @param count how many
 * @param example what the first of them is about
 * @param raised when the first was raised
 * @param about instance it has entries of, empty where it is about ordinary work
 */
public record FalseAlerts(
    int scenario, String rule, int count, String example, Instant raised, String about) {}
