// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Events: what happened, in the words of the field registry, and the bytes that are hashed.
 *
 * <h2>Canonical bytes, version 1</h2>
 *
 * One event has exactly one encoding; a decoder refuses every other. Integers named {@code varint}
 * are unsigned LEB128 in the fewest bytes (at most 10); {@code zigzag} maps signed to unsigned as
 * {@code (n << 1) ^ (n >> 63)}; {@code string} is a varint count of bytes and UTF-8 without lone
 * surrogates; fixed integers are big-endian.
 *
 * <pre>
 * event    := version id timestamp received source epoch sequence count field* labels label*
 * version  := u8, 1
 * id       := 16 bytes
 * timestamp:= i64, microseconds since 1970-01-01T00:00:00Z, the sender's claim
 * received := i64, microseconds, the collector's clock when the record arrived
 * source   := string, not empty
 * epoch    := varint
 * sequence := varint, from 1
 * count    := varint, number of fields
 * field    := tag value, in strictly rising order of field number
 * tag      := varint, field number * 4 + wire type (0 VARINT, 1 BYTES, 2 LIST)
 * value    := VARINT: varint zigzag | BYTES: string or bytes | LIST: varint n, then n strings
 * labels   := varint, number of labels
 * label    := name value, both string, in strictly rising order of the names' UTF-8 bytes
 * </pre>
 *
 * A field whose number a reader does not know was written by a newer version: its value is shown
 * under {@code labels.field_N}, and the stored bytes, not a re-encoding, stay what is hashed.
 *
 * <p>Microseconds because RFC 5424 section 6.2.3.1 allows six fractional digits and because 64 bits
 * of them reach beyond any year a sender can claim.
 */
@NullMarked
package org.citywall.audit.event;

import org.jspecify.annotations.NullMarked;
