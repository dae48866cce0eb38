// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;

/** What is appended: an event and what kind of entry it makes. */
public record Entry(EntryKind kind, Event event) {}
