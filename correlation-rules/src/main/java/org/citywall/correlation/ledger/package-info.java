// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The exposure ledger: rows by level and distinct persons that left databases, by operator,
 * account, unit, recipient, owner and table, for each day of ninety. Everything in it is counted
 * from durable entries and can be counted again from them.
 *
 * <h2>What counts</h2>
 *
 * <ul>
 *   <li>A completion of the masking proxy: its rows, at the highest level that it showed as it is.
 *   <li>An event of a database's own audit that says how many rows were returned or changed: its
 *       rows, at the highest level that it touched.
 *   <li>A decision of the proxy that lets a statement pass, until its completion comes: a statement
 *       whose end is not known.
 * </ul>
 *
 * The day is that of China, of the event's own time or of its receipt, whichever is earlier.
 * Persons are told apart by keyed hashes ({@link org.citywall.audit.subject}); rows whose person no
 * entry says are a figure of their own, and what a source merely claims as a number another one.
 *
 * <h2>Snapshot, format 1</h2>
 *
 * A folder with a file {@code head} and one file for each day. The head is text: {@code
 * citywall-exposure/1}, then lines {@code next N} (all leaves before it are counted), {@code
 * destruction N} (newest that was regarded, -1 for none), {@code newest-day N} (days since 1970),
 * {@code too-old N}, {@code folded N}, {@code day N FILE SHA256} for each day, and {@code sum
 * SHA256} over all before. A day's file, numbers big-endian:
 *
 * <pre>
 * int    number of texts, each as an int length and UTF-8
 * int    number of cells, each: 7 ints, numbers of the texts of operator, account, unit, recipient,
 *        owner, tables, key; byte level; 7 longs, statements, unfinished, rows, changed, known,
 *        claimed, last leaf; int length and bytes of the sketch
 * </pre>
 */
@NullMarked
package org.citywall.correlation.ledger;

import org.jspecify.annotations.NullMarked;
