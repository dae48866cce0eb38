// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The append-only evidence log: entries, Merkle tree, checkpoints and proofs. The log is the truth;
 * everything else that holds events is derived from it and can be rebuilt.
 *
 * <h2>Files, version 1</h2>
 *
 * Below {@code DIR/log}. Integers are big-endian, {@code crc} is CRC-32C (RFC 3720 appendix B.4).
 *
 * <table>
 * <caption>Files of a log</caption>
 * <tr><th>name<th>content<th>if lost
 * <tr><td>{@code format}<td>{@code citywall-log 1 LF key VKEY LF}: version, and the C2SP vkey whose
 *     name is the log's origin<td>log is refused
 * <tr><td>{@code segment/FIRST.seg}<td>records from leaf FIRST on (20 digits)<td>evidence is lost
 * <tr><td>{@code checkpoints/NUMBER.notes}<td>every checkpoint ever signed; 8 digits from 0, a new
 *     file after 64 MiB<td>evidence is lost
 * <tr><td>{@code segment/FIRST.idx}<td>where the records of a closed segment begin<td>rebuilt
 * <tr><td>{@code tlog/checkpoint}<td>a copy of the last checkpoint<td>rewritten
 * <tr><td>{@code tlog/tile/L/N[.p/W]}<td>C2SP tlog-tiles of the SHA-256 tree<td>rebuilt
 * <tr><td>{@code state}<td>signed snapshot of derived state<td>rebuilt
 * <tr><td>{@code durable}<td>u64 number of durable entries, u64 its complement<td>counted again
 * <tr><td>{@code restoring}<td>anything: a restore is writing this folder<td>half a log may be opened
 * <tr><td>{@code opening}<td>entries that the next writer appends first: (u32 length, u8 kind, event)*
 *     <td>the log does not tell of its restore
 * <tr><td>{@code lock}<td>locked by the one writer; its process id in decimal<td>created
 * </table>
 *
 * {@code tlog} holds no payload and may be served as it is; {@code tlog/tile/entries} and {@code
 * sm3} beside {@code tlog} are reserved. Removing {@code state} while no writer runs makes the next
 * one rebuild everything derived from every record.
 *
 * <h2>Records</h2>
 *
 * <pre>
 * segment  := header record*
 * header   := magic 43 57 53 45 47 0D 0A 1A, u32 version 1, u32 0, u64 first leaf, u32 0,
 *             u32 crc of the 28 bytes before
 * record   := u32 crc of everything behind it, u32 length of the whole record,
 *             u64 leaf, u64 commit, u8 type 1, u8 sealing, u16 envelope length, u32 key,
 *             salt (32 bytes), envelope, payload
 * envelope := u8 version 1, u8 kind, id (16 bytes), i64 timestamp, i64 received,
 *             varint length and UTF-8 of the source (1..1024 bytes), varint epoch,
 *             varint sequence, commitment (32 bytes)
 * idx      := magic 43 57 49 44 58 00 00 01, u32 count, u32 crc of the offsets, u32 offset each
 * notes    := (u32 crc of what follows, u32 length, note)*
 * state    := u32 length, note, body; the note's text is "citywall-log-state/1", the origin and
 *             base64 of the body's SHA-256, one per line
 * body     := u64 size, for each level with an incomplete tile its hashes,
 *             u32 sources, (u16 length, name, u8 epochs, (u64 epoch, u64 sequence, u64 leaf)*)*,
 *             twice: u32 ids, (id (16 bytes), u64 leaf)*
 * </pre>
 *
 * {@code commit} is the leaf with which the record's group commit began. {@code sealing} says how
 * the payload is protected: 0 not at all; others, and {@code key}, are reserved. {@code kind},
 * {@code id}, times (microseconds) and varint are those of {@link org.citywall.audit.event}.
 *
 * <p>The leaf of the tree is the envelope, the hash RFC 6962's with SHA-256. The payload is the
 * event's canonical bytes; {@code commitment} is SHA-256 over salt and payload, so that erasing
 * both leaves a tree that still verifies and a leaf that tells nothing. The envelope holds no
 * personal data; a source must not be named after a person.
 *
 * <h2>Checkpoints</h2>
 *
 * C2SP tlog-checkpoint notes without extension lines, under two signatures of one Ed25519 key: type
 * 0x01 by the log, and 0x04 (tlog-cosignature), which adds the time. At most one per interval under
 * load, one at least per silence interval, one when the log is closed, one of size 0 when it is
 * created.
 *
 * <h2>Rules of crashes</h2>
 *
 * <ul>
 *   <li>A group of records is written and made durable before the next one is begun, and before any
 *       of it is acknowledged.
 *   <li>On opening, the last segment is read; from the first byte that is no whole record on it is
 *       cut, unless acknowledged entries would be lost ({@code durable}, the last checkpoint) or a
 *       whole record of a later group follows: then it is damage and the log is refused with {@code
 *       AUD-0013}. Whole records that were not acknowledged are kept.
 *   <li>A checkpoint is durable in {@code checkpoints} before it is published. Its root is compared
 *       with the records on opening, and each new one with the last: a tree that does not continue
 *       what was signed is never signed.
 *   <li>Tiles are neither synced nor trusted: they are rewritten from the snapshot on, and all of
 *       them where they do not have the signed root.
 *   <li>A log that was put back from a backup is opened by nobody before it is whole, and its first
 *       new entry, of kind CONTROL, tells of the restore: {@link
 *       org.citywall.audit.log.RestoreEntry}. From there on it may contradict checkpoints of larger
 *       sizes that were signed before; {@link org.citywall.audit.log.verify.LogComparison} tells
 *       that from a fork.
 *   <li>After a write the disk refuses, the segment is cut back to its durable end before the next
 *       group; nothing has to be repaired by hand.
 * </ul>
 *
 * <h2>Limits</h2>
 *
 * Payload 16 MiB, source 1,024 bytes, record 16 MiB + 128 KiB, segment 1 GiB, envelope 64 KiB (so
 * that it fits a C2SP entry bundle), 8 epochs of each of 65,536 sources, 1,024 waiting appends,
 * 2^20 leaves between append and tree.
 */
@NullMarked
package org.citywall.audit.log;

import org.jspecify.annotations.NullMarked;
