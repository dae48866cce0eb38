// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

/**
 * A seeded demo.
 *
 * @param entries entries of the history
 * @param seededNow false where an earlier run had seeded the data folder
 */
public record DemoWorld(DemoCity city, long entries, boolean seededNow) {}
