// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

/**
 * Turns a record into an event. Stateless, safe for use by several threads, and total: every record
 * ends in an event or a reject, never in an exception.
 */
@FunctionalInterface
public interface Parser {

  ParseResult parse(RawRecord record);
}
