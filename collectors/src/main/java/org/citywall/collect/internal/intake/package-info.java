// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Between listeners and the log: order, identity, duplicates, gaps, silence, ticks.
 *
 * <h2>What is kept over a restart, version 1</h2>
 *
 * The folder of the spool holds, beside it, {@code epoch} (decimal text: the epoch of the last run)
 * and {@code sources}: what the log says about sources up to some leaf. It can be deleted: then the
 * end of the log is read instead. Integers are big-endian, texts are UTF-8.
 *
 * <pre>
 * sources  := magic leaf count source* crc
 * magic    := "CWSOURC1", 8 bytes
 * leaf     := u64, first leaf of the log that may say something newer
 * count    := u32, number of sources
 * source   := text rhythm u32 host*     the u32 is the number of hosts
 * host     := text rhythm u8 mark*      the u8 is the number of marks
 * text     := u16 bytes
 * rhythm   := heard last longest silent
 * heard    := u64, signs of life
 * last     := i64, microseconds of the last one, or -2^63
 * longest  := f64, milliseconds of the longest interval of late
 * silent   := u8, 1 while a silence is reported and not over
 * mark     := u64, where a counter of the host stood (RFC 5424 section 7.3.1)
 * crc      := u32, CRC-32C of everything before
 * </pre>
 */
@NullMarked
package org.citywall.collect.internal.intake;

import org.jspecify.annotations.NullMarked;
