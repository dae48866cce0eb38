// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Evidence bundles: entries of a log for somebody who has no access to it, such as a court, with
 * everything that proves them, in one file. What is about other persons is withheld: its envelope
 * and proof are there, its payload and salt are not, and the bundle verifies all the same.
 *
 * <h2>Format, version 1</h2>
 *
 * A ZIP archive whose members are stored and not compressed, in this order, each with the time
 * 1980-01-01 00:00, no extra fields and no comments. There is one archive for given members, byte
 * by byte, and every other is refused. 64 MiB, 50,000 entries at most.
 *
 * <table>
 * <caption>Members</caption>
 * <tr><th>name<th>content
 * <tr><td>{@code manifest.json}<td>what the bundle is, see below
 * <tr><td>{@code entries.jsonl}<td>an entry each line, by rising leaf
 * <tr><td>{@code hashes.sha256}<td>shared path of all entries in the tree over SHA-256
 * <tr><td>{@code checkpoint.sha256}<td>the note that signs its root
 * <tr><td>{@code hashes.sm3}, {@code checkpoint.sm3}<td>the same over SM3; not in a log of one tree
 * <tr><td>{@code anchor/checkpoint}<td>the first note over SHA-256 that covers every selected entry
 *     and that others vouched for; this and the members below are there only where there is one
 * <tr><td>{@code anchor/consistency}<td>hashes that show that its tree is a prefix (RFC 6962 section
 *     2.1.2)
 * <tr><td>{@code anchor/tsa-NAME.tsq}, {@code anchor/tsa-NAME.tsr}, {@code
 *     anchor/witness-ID.cosignature}<td>requests, tokens and cosignatures about it, in the order of
 *     their names, as {@link org.citywall.audit.anchor} keeps them
 * </table>
 *
 * <pre>
 * manifest := one line of JSON without spaces and LF, members in this order:
 *   format     "citywall-evidence-bundle/1"
 *   origin     name of the log
 *   size       leaves that the checkpoints cover
 *   made       when, RFC 3339, UTC
 *   person     who took the entries out
 *   reason     why
 *   selection  how they were chosen
 *   rules      which fields decided what is withheld, an array
 *   record     leaf of the entry in the same log that tells of all that
 *   keys       array of {tree ("sha256", "sm3"), vkey, leaf (of the entry that announces it; -1: first)}
 *   disclosed, withheld, destroyed, supporting   numbers of entries
 * entry := one line of JSON without spaces and LF:
 *   leaf, role ("selected", "supporting"), state ("disclosed", "withheld", "destroyed"),
 *   envelope (base64); disclosed: salt, payload (base64); destroyed: destroyedBy (leaf)
 * hashes := (base64 LF)*   roots of the largest subtrees without an entry of the bundle, left to right
 * </pre>
 *
 * Envelope, salt, payload and notes are those of {@link org.citywall.audit.log}. Supporting entries
 * are those that others of the bundle rest on and nobody asked for: the record, changes of keys,
 * and the destruction of a payload with its approval and proposal.
 *
 * <h2>The record</h2>
 *
 * Making a bundle is an entry of kind CONTROL with action {@code evidence-exported}, and it is in
 * the bundle: {@code user.name} is the person, {@code event.reason} the reason, its time {@code
 * made}, and labels {@code evidence.selection}, {@code evidence.rules}, {@code evidence.leaves}
 * (ranges, cut at 4,000 characters), {@code evidence.disclosed}, {@code evidence.withheld}, {@code
 * evidence.destroyed} and {@code evidence.digest}: SHA-256 in hexadecimal over a line {@code LEAF
 * SPACE STATE LF} for each selected entry. So neither the manifest nor the choice of entries can be
 * changed later, and an entry that was withheld cannot be dropped. Neither holds the values that a
 * rule looks for, nor the text of a query: they may name the persons that are withheld.
 */
@NullMarked
package org.citywall.audit.bundle;

import org.jspecify.annotations.NullMarked;
