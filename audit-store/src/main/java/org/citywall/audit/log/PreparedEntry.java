// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;

/**
 * An entry with everything computed that does not depend on its place in the log.
 *
 * @param body record bytes behind leaf and commit
 * @param leafHash 32 bytes
 */
record PreparedEntry(Identity identity, byte[] body, byte[] leafHash) {

  static PreparedEntry of(Entry entry, byte[] salt, int maxPayloadBytes) {
    Event event = entry.event();
    byte[] payload = event.encode();
    if (payload.length > maxPayloadBytes) {
      throw new PlatformException(
          AuditErrorCode.EVENT_TOO_LARGE,
          payload.length + " bytes where " + maxPayloadBytes + " are accepted");
    }
    byte[] envelope = Envelope.of(entry, salt, payload).encode();
    return new PreparedEntry(
        Identity.of(event.id(), event.position()),
        RecordFormat.body(envelope, salt, payload),
        Merkle.leafHash(envelope).bytes());
  }

  /** Length of the whole record. */
  int length() {
    return RecordFormat.BODY + body.length;
  }
}
