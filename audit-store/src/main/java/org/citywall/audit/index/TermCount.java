// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

/** How many matching events have this value. */
public record TermCount(String value, long count) {}
