// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The append-only evidence log: entries, Merkle trees, checkpoints and proofs. The log is the
 * truth; everything else that holds events is derived from it and can be rebuilt.
 *
 * <h2>Files, versions 1 and 2</h2>
 *
 * Version 1 has one tree, over SHA-256. Version 2 has a second one over SM3 (GB/T 32905-2016), with
 * the same leaves and the same shape; a log of version 1 becomes one of version 2 when it is opened
 * with a key for that tree, which is then grown over all records. What version 1 wrote stays as it
 * is. Below {@code DIR/log}; integers are big-endian, {@code crc} is CRC-32C (RFC 3720 appendix
 * B.4).
 *
 * <table>
 * <caption>Files of a log</caption>
 * <tr><th>name<th>content<th>if lost
 * <tr><td>{@code format}<td>version and keys, see below<td>log is refused
 * <tr><td>{@code segment/FIRST.seg}<td>records from leaf FIRST on (20 digits)<td>evidence is lost
 * <tr><td>{@code checkpoints/NUMBER.notes}<td>every checkpoint ever signed; 8 digits from 0, a new
 *     file after 64 MiB<td>evidence is lost
 * <tr><td>{@code keys/ring}<td>the wrapped data keys that seal payloads<td>payloads are lost
 * <tr><td>{@code segment/FIRST.idx}<td>where the records of a closed segment begin<td>rebuilt
 * <tr><td>{@code tlog/checkpoint}<td>a copy of the last note over SHA-256<td>rewritten
 * <tr><td>{@code tlog/tile/L/N[.p/W]}<td>C2SP tlog-tiles of the tree over SHA-256<td>rebuilt
 * <tr><td>{@code sm3/checkpoint}<td>a copy of the last note over SM3<td>rewritten
 * <tr><td>{@code sm3/tile/L/N[.p/W]}<td>the same tiles of the tree over SM3<td>rebuilt
 * <tr><td>{@code state}<td>signed snapshot of derived state<td>rebuilt
 * <tr><td>{@code retention}<td>which leaves are statements about retention: u32 crc of what
 *     follows, u64 leaves that were read, u64 leaf each<td>rebuilt
 * <tr><td>{@code durable}<td>u64 number of durable entries, u64 its complement<td>counted again
 * <tr><td>{@code restoring}<td>anything: a restore is writing this folder<td>half a log may be opened
 * <tr><td>{@code opening}<td>entries that the next writer appends first: (u32 length, u8 kind, event)*
 *     <td>the log does not tell of its restore
 * <tr><td>{@code lock}<td>locked by the one writer; its process id in decimal<td>created
 * </table>
 *
 * {@code tlog} and {@code sm3} hold no payload and may be served as they are; {@code
 * tlog/tile/entries} is reserved. Removing {@code state} while no writer runs makes the next one
 * rebuild everything derived from every record.
 *
 * <pre>
 * format := "citywall-log " version LF, then lines of a key each:
 *           "key " VKEY [" " LEAF] LF  signs for the tree over SHA-256, by the log's origin
 *           "sm3 " VKEY [" " LEAF] LF  signs for the tree over SM3, by the origin and "-sm3"
 * </pre>
 *
 * A key without a leaf is the first of its tree; each other one signs checkpoints that cover the
 * entry at its leaf.
 *
 * <h2>Records</h2>
 *
 * <pre>
 * segment  := header record*
 * header   := magic 43 57 53 45 47 0D 0A 1A, u32 version 1, u32 0, u64 first leaf, u32 0,
 *             u32 crc of the 28 bytes before
 * record   := u32 crc of everything behind it, u32 length of the whole record,
 *             u64 leaf, u64 commit, u8 type 1, u8 sealing, u16 envelope length, u32 key,
 *             with sealing 0: salt (32 bytes), envelope, payload
 *             with sealing 1, 2: envelope, u64 counter, ciphertext, tag (16 bytes)
 * envelope := u8 version, u8 kind, id (16 bytes), i64 timestamp, i64 received,
 *             varint length and UTF-8 of the source (1..1024 bytes), varint epoch,
 *             varint sequence, SHA-256 commitment (32 bytes),
 *             in version 2 then SM3 commitment (32 bytes)
 * idx      := magic 43 57 49 44 58 00 00 01, u32 count, u32 crc of the offsets, u32 offset each
 * notes    := (u32 crc of what follows, u32 length, content)*
 * content  := note | 00 02 (u32 length, note) (u32 length, note)
 * state    := u32 length, note, body; the note's text is "citywall-log-state-2/" and the number
 *             of trees, the origin, and base64 of the body's SHA-256, one per line
 * body     := for each tree: u64 size, for each level with an incomplete tile its hashes;
 *             u64 size of the trees whose full tiles were forced to the device; u32 sources, (u16 length, name, u8 epochs, (u64 epoch, u64 sequence, u64 leaf)*)*,
 *             twice: u32 ids, (id (16 bytes), u64 leaf)*
 * </pre>
 *
 * {@code commit} is the leaf with which the record's group commit began. {@code sealing} says how
 * the payload is protected: 0 not at all, and then {@code key} is 0; 1 AES-256-GCM, 2 SM4-GCM,
 * under the data key of this number. {@code kind}, {@code id}, times (microseconds) and varint are
 * those of {@link org.citywall.audit.event}.
 *
 * <p>The leaf of both trees is the envelope, the hash RFC 6962's with SHA-256 or SM3 in its place.
 * The payload is the event's canonical bytes; the commitments are hashes over salt and payload, so
 * that erasing both leaves trees that still verify and a leaf that tells nothing. Envelopes of
 * version 2 commit by two hashes, so that a payload can be exchanged only by who breaks both. The
 * envelope holds no personal data; a source must not be named after a person.
 *
 * <h2>Sealed payloads</h2>
 *
 * In version 2 salt and payload are sealed together, so that destroying the key leaves nothing from
 * which a short payload could be guessed by its commitments. There is no additional data: what is
 * opened is compared with the commitments before it is believed. A data key seals the payloads of
 * one subject group ({@link org.citywall.audit.log.SubjectGroups}) and month of receipt by one
 * writer; {@link org.citywall.audit.log.DataKey} says why no nonce repeats. Entries by which the
 * log speaks about itself, and those about its anchors, stay in the open, so that a verifier
 * without keys can follow them.
 *
 * <pre>
 * ring  := header key*
 * header:= magic 43 57 4B 45 59 0D 0A 1A, u32 version 1, u32 crc of the 12 bytes before
 * key   := u32 crc of everything behind it, u32 length of the whole key, u32 number from 1,
 *          u8 state, u8 sealing, i32 month (12 * year + month - 1), u16 length and UTF-8 of the
 *          group, and with state 1: the wrapped key to the end,
 *          with state 2: u64 leaf of the entry about its destruction
 * </pre>
 *
 * Keys are appended and durable before a record names them. An end that is no whole key is put
 * aside as {@code keys/cut-at-BYTE} and its number given to no other. A destruction replaces the
 * file.
 *
 * <p>Keys are destroyed as the entries say that {@link org.citywall.audit.retention} specifies; the
 * entry about a destruction is durable before its keys go.
 *
 * <h2>Checkpoints</h2>
 *
 * C2SP tlog-checkpoint notes without extension lines. At most one moment is signed per interval
 * under load, one at least per silence interval, one when the log is closed, one of size 0 when it
 * is created. A moment of version 2 has two notes of one size:
 *
 * <ul>
 *   <li>over SHA-256, with two signatures of one Ed25519 key: type 0x01 by the log, and 0x04
 *       (tlog-cosignature), which adds the time;
 *   <li>over SM3, with two signatures of one SM2 key (GB/T 32918.2-2016, curve sm2p256v1, user id
 *       {@code 1234567812345678}): {@code 0xff "sm2-sm3-v1"} over the text and {@code 0xff
 *       "sm2-sm3-time-v1"}, which adds the time as type 0x04 does; and one of type 0x01 by the
 *       Ed25519 key, so that who trusts that one key can tell the log's SM2 key from any other.
 * </ul>
 *
 * These types are private ones of C2SP signed-note. Key ids and vkeys follow its recommendation
 * with the whole type in place of its one byte and the point {@code 04 x y} as key; a signature is
 * r and s, 32 bytes each.
 *
 * <h2>Change of keys</h2>
 *
 * An entry of kind CONTROL, its payload in the open, with action {@code log-key-changed} and as
 * {@code event.original} a note with the lines {@code citywall-log-key-change/1}, the entry's own
 * leaf, the vkey before and the vkey after, signed by both keys. The entry is durable, then the
 * format names the key, then a checkpoint is signed by both: the first one that covers the entry
 * has to be, later ones by the new key alone. A key that no entry announces is none of the log's.
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
 *   <li>A moment is durable in {@code checkpoints}, in one frame with both notes, before it is
 *       published, the note over SM3 first. The roots are compared with the records on opening, and
 *       each new one with the last: a tree that does not continue what was signed is never signed.
 *       A frame that is not whole is cut from the end unless another one stands behind it.
 *   <li>Full tiles are forced to the device only with the second snapshot behind them, which says
 *       up to where. On opening, those up to there are trusted; those from there to the snapshot
 *       are compared with it; those behind it are rewritten. Where they do not agree, or do not
 *       make up the signed root, all are rewritten from the records.
 *   <li>Files that are replaced as a whole are forced before they are renamed: a power cut leaves
 *       the old bytes or the new ones. What stays under a name that ends in {@code .tmp} means
 *       nothing.
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
 * 2^20 leaves between append and tree, 1,024 subject groups with keys of their own in a month.
 */
@NullMarked
package org.citywall.audit.log;

import org.jspecify.annotations.NullMarked;
