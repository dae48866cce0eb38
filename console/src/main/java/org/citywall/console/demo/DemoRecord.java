// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;

/** Something that happens in the city, before it has a place in the stream of its source. */
sealed interface DemoRecord permits DbAccess, HostLine, PortalLogIn, SourceReport, Tick {

  /** When it happens, in microseconds since the epoch. */
  long at();

  /** Source whose stream it belongs to. */
  String source();

  /** The raw record as a collector would have received it; empty where there is none. */
  byte[] original();

  void fill(Event.Builder event);

  default EntryKind kind() {
    return EntryKind.EVENT;
  }
}
