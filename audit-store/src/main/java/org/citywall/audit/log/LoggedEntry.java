// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;

/**
 * An entry that is durable.
 *
 * @param leaf position in the log and in its tree, from 0
 */
public record LoggedEntry(long leaf, EntryKind kind, Event event) {}
