// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * A fictitious city to show the platform on: its units, data sets and people, its database, thirty
 * days of history with planted stories whose truth is known, and a slow live stream. Everything
 * follows from a seed and an end time. Every entry carries {@code tags=["demo"]}; every resident is
 * born in 1900 and lives in a region code (3399) that is not assigned, so that nobody real is
 * meant.
 */
@NullMarked
package org.citywall.console.demo;

import org.jspecify.annotations.NullMarked;
