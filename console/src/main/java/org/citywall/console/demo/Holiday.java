// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.LocalDate;

/**
 * A day on which the calendar of weekdays does not hold.
 *
 * @param workday true for a Saturday or Sunday that is worked, false for a day off
 */
public record Holiday(LocalDate date, boolean workday, String name) {}
