// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The spool: a bounded queue on disk between the listeners and the evidence log.
 *
 * <h2>Format, version 1</h2>
 *
 * A folder holds segments, a position and a lock. Integers are big-endian.
 *
 * <pre>
 * NNNNNNNNNNNNNNNN.spool   segment; the name is the index of its first record, 16 hex digits
 * segment  := magic record*
 * magic    := "CWSPOOL1", 8 bytes
 * record   := length crc payload
 * length   := u32, bytes of payload, 1..2^28
 * crc      := u32, CRC-32C over the record's index (u64) and the payload
 * payload  := kind event
 * kind     := u8, code of the entry kind
 * event    := canonical bytes of the event
 *
 * position := slot slot    two slots of 16 bytes, written in turn; the valid higher one counts
 * slot     := index crc zero, u64 first record not yet in the log, u32 CRC-32C over it, u32 0
 *
 * lock     := empty, held with an exclusive file lock while a process uses the folder
 * </pre>
 *
 * Records are numbered from 0 without gaps across segments. A segment is deleted once all its
 * records are in the log; one that is a day old is not written to any more, so that it can be. The
 * position may be older than the truth after a crash: its records are then offered to the log
 * again, which knows them by id and position.
 *
 * <p>Torn tail: records are only ever appended, and acknowledged after an fsync. When the last
 * segment ends in bytes that are no record, these were never acknowledged and are cut off. In any
 * other place such bytes are an integrity failure ({@code COL-0011}): reading stops there.
 */
@NullMarked
package org.citywall.collect.internal.spool;

import org.jspecify.annotations.NullMarked;
