// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Whom data is about, without saying who: keyed hashes of identifiers, sets of them that become
 * sketches where they grow, and how an event carries both.
 *
 * <h2>Hash</h2>
 *
 * The first eight bytes, big-endian, of HMAC-SHA256 under the installation's subject key over
 * {@code citywall subject 1}, a zero byte, and the identifier in UTF-8 in its one writing. Written
 * as sixteen hexadecimal digits. A key is named by the first four bytes of HMAC-SHA256 under it
 * over {@code citywall subject key 1}. Whoever has the key can try all numbers there are.
 *
 * <h2>Sketch, format 1</h2>
 *
 * <pre>
 * byte  format, 1
 * byte  form: 0 hashes, 1 registers
 * form 0: short count 0..256, then as many hashes, 8 bytes each, ascending as signed numbers
 * form 1: 2048 registers of one byte, 0..54
 * </pre>
 *
 * Numbers are big-endian. Register {@code r} of a HyperLogLog (Flajolet and others, 2007) is that
 * of the hashes whose first eleven bits are {@code r}; it holds the largest position, from 1, of
 * the first one among the other 53 bits, 54 where there is none. The number is estimated as O. Ertl
 * proposes ("New cardinality estimation algorithms for HyperLogLog sketches", 2017, section 4),
 * without tables or thresholds; the standard error is 1.04/sqrt(2048), 2.3 %. Up to 256 hashes the
 * number is exact: they take no more room than registers.
 */
@NullMarked
package org.citywall.audit.subject;

import org.jspecify.annotations.NullMarked;
