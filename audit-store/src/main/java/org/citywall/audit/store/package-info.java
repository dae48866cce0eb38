// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The store role: one process keeps the evidence log, others append to it and read it over HTTPS
 * with mutual TLS.
 *
 * <h2>Requests, version 1</h2>
 *
 * HTTP/1.1 over TLS 1.3; both ends show a certificate. The client's right follows from the one
 * common name in its certificate's subject; a name that is not listed has none. Parameters are
 * decimal and not negative; an unknown, repeated or missing one is refused.
 *
 * <table>
 * <caption>What the store answers to</caption>
 * <tr><th>request<th>right<th>answer
 * <tr><td>{@code POST /v1/append}, body {@code batch}<td>APPEND or GOVERN<td>{@code leaves}, after
 *     every entry is durable
 * <tr><td>{@code POST /v1/checkpoint?since}<td>GOVERN<td>{@code proof}, after a checkpoint was
 *     signed that covers what was durable
 * <tr><td>{@code GET /v1/entries?from&max&since}<td>READ<td>{@code entries}: at most {@code max},
 *     and at most a few MiB; fewer do not mean the end
 * <tr><td>{@code GET /v1/size?beyond&wait}<td>READ, PROVE, APPEND or GOVERN<td>{@code size}, at
 *     once where it is above {@code beyond}, else when it is or after {@code wait} milliseconds
 * <tr><td>{@code GET /v1/tree?since&from&to}<td>READ or PROVE<td>{@code proof} of leaves {@code
 *     from..to-1}, as far as the checkpoint covers them
 * <tr><td>{@code GET /v1/proof?leaf}<td>READ or PROVE<td>C2SP tlog-proof without extra data
 * <tr><td>{@code GET /checkpoint}<td>READ or PROVE<td>C2SP tlog-checkpoint
 * <tr><td>{@code GET /tile/L/N[.p/W]}<td>READ or PROVE<td>C2SP tlog-tiles
 * <tr><td>{@code GET /tile/entries/N[.p/W]}<td>READ or PROVE<td>C2SP entry bundle; an entry is the
 *     leaf, which holds no payload
 * </table>
 *
 * {@code /sm3/} is reserved for the second tree.
 *
 * <h2>Bytes</h2>
 *
 * Integers are big-endian. Event, envelope and salt are the bytes that the log hashes ({@link
 * org.citywall.audit.event}, {@link org.citywall.audit.log}); neither end writes them anew.
 *
 * <pre>
 * batch   := u8 version 1, u32 count, (u8 kind, u32 length, event)*
 * leaves  := u8 version 1, u32 count, i64* (-1: recorded before, leaf no longer known)
 * size    := u8 version 1, u64 number of durable entries
 * entries := u8 version 1, stored*, u8 0, proof
 * stored  := u8 form 1, u16 length and envelope, salt (32 bytes), u32 length and payload
 *          | u8 form 2, u16 length and envelope, u64 leaf of the entry about the destruction of
 *            the payload
 * proof   := u8 version 1, u64 number of durable entries, u32 length and checkpoint note,
 *            u8 count and hashes (32 bytes each), u8 count and hashes
 * </pre>
 *
 * An entry carries no leaf number: the first is {@code from}, each next one higher by one. Payloads
 * that the log keeps sealed are opened by the store and travel under its TLS alone.
 *
 * <p>The proof's first hashes show that the checkpoint's tree continues the one of size {@code
 * since} (RFC 6962 section 2.1.2; none where {@code since} is 0 or the checkpoint's size). The
 * second ones lead from the entries that the checkpoint covers to its root ({@link
 * org.citywall.audit.log.MerkleRange}; none where it covers none). The note is empty in a log
 * without a checkpoint, and then so are both.
 *
 * <h2>Refusals</h2>
 *
 * The status is that of the error code, whose id is in the header {@code Citywall-Error}; the body
 * is one line for people. 503 carries {@code Retry-After} in seconds and means that nothing was
 * taken. After any other failure of an append, a time-out among them, the batch may be in the log
 * or not; sending it again is safe, because an entry is recorded once per event id.
 *
 * <h2>What a client believes</h2>
 *
 * {@link RemoteLog} knows the log's key beforehand and remembers the last checkpoint it verified,
 * across restarts. It hands out an entry only if its bytes are what its leaf commits to, and the
 * leaf is in the tree of a checkpoint that continues the remembered one. Entries newer than the
 * checkpoint are handed out before they are signed; their hashes are kept and compared when they
 * are, and if that takes too long ({@code AUD-0107}) or shows another hash ({@code AUD-0106}), the
 * client stops. So it does where the store has less than it had ({@code AUD-0105}). After such a
 * failure it answers nothing more until a person restarts it, and the note that contradicts the
 * remembered one is kept beside it as evidence.
 *
 * <p>That a payload was destroyed is believed where the entry that the store names is a lawful
 * destruction of payloads of the same month ({@code AUD-0125} otherwise), as {@link
 * org.citywall.audit.retention} has it.
 *
 * <p>What a client cannot see alone: that the store shows another client another log. Checkpoints
 * compared between clients, or a witness, show that.
 */
@NullMarked
package org.citywall.audit.store;

import org.jspecify.annotations.NullMarked;
