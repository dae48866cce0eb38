// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.time.Duration;
import java.time.ZoneId;
import java.util.OptionalInt;

/**
 * What parsers assume where a record does not say it.
 *
 * @param zone time zone of timestamps without one
 * @param year year of timestamps without one; empty means the latest that is not after receipt
 * @param allowedSkew how far event time may be from receipt before it is marked; negative means
 *     that receipt says nothing about event time, as with old files
 */
public record ParserOptions(ZoneId zone, OptionalInt year, Duration allowedSkew) {}
