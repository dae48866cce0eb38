// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Anchors: what others say about the log's checkpoints, so that whoever holds machine and key of
 * the log cannot write another history unseen. Time-stamp tokens (RFC 3161, RFC 5816), cosignatures
 * of witnesses (C2SP tlog-witness, tlog-cosignature), a copy in write-once storage, and the policy
 * (C2SP tlog-policy) that says how much of it is enough.
 *
 * <p>Whatever vouches for a checkpoint vouches for the bytes of its note, which is the one over
 * SHA-256: C2SP fixes the witness protocol to that hash. The tree over SM3 has the same leaves, and
 * is fixed by the same anchors through them; its own notes are neither stamped nor copied.
 *
 * <p>The key that has to sign a note is the one that the log had at its size. A policy that names
 * keys of logs has to name each of them.
 *
 * <h2>What is stored, version 1</h2>
 *
 * Below {@code DIR/anchors}, beside {@code DIR/log}.
 *
 * <table>
 * <caption>Files of the anchors</caption>
 * <tr><th>name<th>content<th>if lost
 * <tr><td>{@code format}<td>{@code citywall-anchors 1 LF}<td>written again
 * <tr><td>{@code NOTE/checkpoint}<td>the note that others were asked about, as the log signed it
 *     <td>what they said is worth nothing
 * <tr><td>{@code NOTE/tsa-NAME.tsq}<td>TimeStampReq that was sent (DER)<td>the token is not believed
 * <tr><td>{@code NOTE/tsa-NAME.tsr}<td>TimeStampResp that came back (DER)<td>the anchor is lost
 * <tr><td>{@code NOTE/witness-KEY.cosignature}<td>C2SP signature lines of one witness
 *     <td>the anchor is lost
 * <tr><td>{@code NOTE/recorded}<td>{@code LEAF FILE LF} for each file that an entry tells of
 *     <td>told again
 * </table>
 *
 * {@code NOTE} is the size of the tree in 20 digits, a dash, and the first 16 hexadecimal digits of
 * SHA-256 over the note; {@code KEY} the first 16 of SHA-256 over the witness's vkey; {@code NAME}
 * the authority's name in the policy. {@code cat checkpoint *.cosignature} is a cosigned C2SP note.
 *
 * <p>Files but {@code recorded} are added and never changed: written under a name that begins with
 * a dot, made durable, linked to their own. A crash leaves nothing but such names, which mean
 * nothing. Several processes may add at a time; the first file of a name stays. A request is stored
 * before it is sent and sent again as it is, so that answer and request always belong together.
 *
 * <h2>What the log tells of it</h2>
 *
 * Each act makes one entry of kind CONTROL, its payload in the open, source {@code
 * citywall/anchor}, action {@code log-anchored}, with these labels: {@code anchor.checkpoint} NOTE,
 * {@code anchor.size}, {@code anchor.previous} leaf of the entry before it, {@code
 * anchor.file.FILE} SHA-256 of a stored file in hexadecimal, {@code anchor.failed.TARGET} error
 * code. An entry is made once in an interval, and when something is stored later for the same act;
 * the entry itself is anchored with the next act. The log thereby commits to its anchors: one that
 * is removed is missed, and a token is known to be older than every anchor of a tree that holds its
 * entry.
 *
 * <h2>When a token is believed</h2>
 *
 * <ul>
 *   <li>It answers the stored request (status, nonce, imprint, TSA policy if one was asked for),
 *       and the imprint is that of the note: SHA-256, SHA-384, SHA-512 or SM3.
 *   <li>Its signature verifies, and its signing-certificate attribute (version 1 or 2) names the
 *       certificate; that certificate's only extended key usage is timeStamping, critical.
 *   <li>RFC 5280 section 6 finds a path to a root of the policy that was valid at genTime.
 *   <li>Revocation is looked up in the lists that the policy names and nowhere else, by RFC 3161
 *       section 4: a reason of 0, 3, 4 or 5 leaves what was stamped before the revocation good; any
 *       other reason, or none, takes everything that the key ever signed.
 *   <li>A certificate that was valid at genTime and has ended since is enough only where the token
 *       is known to have been made before it ended: by a believed token or cosignature, not younger
 *       than the end, over a tree that holds the token's entry. Tokens thereby renew each other as
 *       long as acts go on (the archive time stamps of RFC 4998 and ETSI EN 319 102-1 do the same).
 *       Without such a successor anybody who finds the key later could have made the token.
 * </ul>
 *
 * <h2>When a cosignature is believed</h2>
 *
 * When it verifies under the key of the policy and its witness has not contradicted itself: a
 * witness that cosigns a smaller tree after a larger one was rolled back, and is not counted.
 *
 * <h2>Policy</h2>
 *
 * C2SP tlog-policy, as it is. More is said in comment lines whose first word is {@code citywall},
 * which other programs pass over; here each of them has to be understood.
 *
 * <pre>
 * directive := "#" [blank] "citywall" blank (tsa | tokens | newest | since)
 * tsa       := "tsa" blank name (blank option)*     name: 1 to 64 of a-z 0-9 - .
 * option    := "roots=" file | "url=" URL | "crl=" file | "policy=" OID
 *            | "imprint=" ("sha256" | "sha384" | "sha512" | "sm3")   roots is needed
 * tokens    := "tokens" blank number blank period   with tsa lines, and only then
 * newest    := "newest" blank period
 * since     := "since" blank instant                ISO 8601, UTC
 * period    := number ("s" | "m" | "h" | "d")
 * </pre>
 *
 * Files are PEM, relative to the policy's folder. {@code tokens N P}: at any time since the first
 * such moment, or since {@code since}, N different authorities have stamped within the period P
 * before. {@code newest P}: the newest checkpoint that has the quorum is not older than P; where
 * the quorum is {@code none}, the newest that anybody vouched for.
 *
 * <h2>Copy</h2>
 *
 * A folder that is mounted as write-once storage: {@code key} (the vkey), {@code key-LEAF} (one
 * that was taken later, by the 20 digits of its entry's leaf), {@code checkpoints/NOTE}, {@code
 * tlog/tile/...} (C2SP tlog-tiles), {@code anchors/NOTE/FILE}, and if wanted {@code
 * segment/FIRST.seg}, whole segments. A file is written under a name that begins with a dot, moved
 * to its own and made read-only; nothing is written twice or deleted. A checkpoint is copied after
 * all tiles of its tree, each of which was compared with the tile above it.
 *
 * <h2>Witness</h2>
 *
 * Below {@code DIR/witness}: {@code identity} ({@code citywall-witness 1 LF name NAME LF key KEY
 * LF}, KEY names the key in the vault), {@code memory}, {@code lock}, and {@code contradictions/}
 * (pairs of notes of one size and different roots that a log signed).
 *
 * <pre>
 * memory := "citywall-witness-memory 1" LF ("note " lines LF note)*
 * </pre>
 *
 * {@code memory} holds of each log the note that was cosigned last, of so many lines, with the
 * log's and the witness's own signature. It is replaced as a whole and durable before the answer. A
 * witness without memory does not start: made anew it gets another key, because under the old one
 * it has promised what it no longer knows.
 *
 * <h2>Limits</h2>
 *
 * Token 256 KiB and 64 levels of nesting, cosignatures 64 KiB, request to a witness 128 KiB and 63
 * hashes, policy 1 MiB and 64 lines of a kind, 1,024 logs of a witness.
 */
@NullMarked
package org.citywall.audit.anchor;

import org.jspecify.annotations.NullMarked;
