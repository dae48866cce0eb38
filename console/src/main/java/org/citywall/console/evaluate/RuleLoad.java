// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

/**
 * What one rule gives officers to do.
 *
 * @param scenario that the rule is about, 0 for none
 * @param rule id of a built-in rule, title of a Sigma rule
 * @param alerts alerts after the learning days
 * @param right those that belong to an attack of the rule's scenario; 0 where it is about none
 * @param example what the first of them is about
 */
public record RuleLoad(int scenario, String rule, int alerts, int right, String example) {}
