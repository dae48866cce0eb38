// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import org.citywall.audit.event.EventId;
import org.citywall.audit.event.SourcePosition;

/**
 * By what a repetition of an event is recognised.
 *
 * @param positional whether the id follows from the position
 */
record Identity(EventId id, SourcePosition position, boolean positional) {

  static Identity of(EventId id, SourcePosition position) {
    return new Identity(id, position, id.equals(EventId.of(position)));
  }
}
