// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

/**
 * What the evidence log says about keeping and destroying payloads, and the rules by which it is
 * lawful. Used by whoever writes a log, verifies one or asks a store for one.
 *
 * <h2>Statements, version 1</h2>
 *
 * A statement is an entry of kind RETENTION whose payload stands in the open. Its {@code
 * event.original} is UTF-8 text, each line ended by LF, in this order:
 *
 * <pre>
 * statement := "citywall-retention/1" LF "act " ACT LF (NAME " " VALUE LF)*
 * retention-policy-set        days, group-days (DAYS " " GROUP)*, approval-days, by
 * legal-hold-placed           covers*, incident (empty for none), by, reason
 * legal-hold-lift-proposed    hold (leaf of the placing), by, reason
 * destruction-proposed        group, month (YYYY-MM), by, reason
 * retention-approved          proposal (leaf), by
 * retention-withdrawn         proposal (leaf), by
 * payloads-destroyed          group, month, key*, approval (leaf)
 * destruction-completed       destruction (leaf), copy*
 * covers    := FROM " " TO " any" | FROM " " TO " group " GROUP   FROM, TO := YYYY-MM | "-"
 * </pre>
 *
 * {@code event.action} is the act. A text that would not be written like this is no statement.
 * {@link RetentionLedger} has the rules; a statement that breaks them has no effect.
 */
@NullMarked
package org.citywall.audit.retention;

import org.jspecify.annotations.NullMarked;
