// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.util.Arrays;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.log.Entry;

/** An entry as the spool holds it: kind, then canonical bytes. */
final class Payload {

  private Payload() {}

  static byte[] encode(EntryKind kind, Event event) {
    byte[] bytes = event.encode();
    byte[] payload = new byte[bytes.length + 1];
    payload[0] = (byte) kind.code();
    System.arraycopy(bytes, 0, payload, 1, bytes.length);
    return payload;
  }

  static Entry decode(byte[] payload) {
    return new Entry(
        EntryKind.ofCode(payload[0]), Event.decode(Arrays.copyOfRange(payload, 1, payload.length)));
  }
}
