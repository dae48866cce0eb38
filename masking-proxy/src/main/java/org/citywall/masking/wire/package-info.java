// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * The PostgreSQL wire: protocol 3.0 (PostgreSQL 18, chapter 54) towards clients and towards the
 * database. What a client sends is read message by message; a statement goes on only after it was
 * judged and, where it touches catalogued tables, after its decision is durable. Rows stream
 * through without being decoded.
 *
 * <p>One session has one connection to the database, and both run on one event loop. A refused
 * statement is sent as a text that the database cannot parse, and the database's error is replaced
 * by the refusal: order, the rest of a pipeline and the state of the transaction are then the
 * database's own.
 *
 * <p>After a failure the database skips what a client has sent up to the next Sync. Statements and
 * portals are kept as they are when nothing is skipped, each change can be taken back, and what
 * stands behind a Sync waits until it is known which changes were made.
 */
@NullMarked
package org.citywall.masking.wire;

import org.jspecify.annotations.NullMarked;
