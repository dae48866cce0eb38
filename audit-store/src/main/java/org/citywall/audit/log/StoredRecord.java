// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.Arrays;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * A record as it stands in a segment file.
 *
 * @param leaf position of the entry
 * @param commit leaf with which the group commit of this record began
 * @param key number of the data key that sealed the payload, 0 where it is in the open
 * @param envelope leaf bytes
 * @param body salt and payload, one after the other; sealed where there is a key
 */
record StoredRecord(long leaf, long commit, int key, byte[] envelope, byte[] body) {

  /**
   * Salt and payload.
   *
   * @param salt opens the envelope's commitments
   * @param payload canonical event bytes
   */
  record Content(byte[] salt, byte[] payload) {}

  /** The entry, after its payload was checked against the leaf; {@code AUD-0013} otherwise. */
  LoggedEntry open(OpenedKeys keys) {
    Envelope decoded = Envelope.decode(envelope);
    Optional<Content> content = content(keys);
    return content.isEmpty()
        ? LoggedEntry.shredded(leaf, decoded)
        : new LoggedEntry(
            leaf,
            decoded.kind(),
            EntryProofs.open(decoded, content.get().salt(), content.get().payload()));
  }

  /** Salt and payload, checked against the leaf; empty where their key was destroyed. */
  Optional<Content> checkedContent(OpenedKeys keys) {
    Envelope decoded = Envelope.decode(envelope);
    Optional<Content> content = content(keys);
    content.ifPresent(open -> EntryProofs.open(decoded, open.salt(), open.payload()));
    return content;
  }

  private Optional<Content> content(OpenedKeys keys) {
    return plain(keys).map(StoredRecord::split);
  }

  /** Salt and payload, one after the other and not compared with the leaf; empty as above. */
  Optional<byte[]> plain(OpenedKeys keys) {
    if (key == 0) {
      return Optional.of(body);
    }
    Optional<DataKey> dataKey = keys.key(key);
    if (dataKey.isEmpty()) {
      return Optional.empty();
    }
    byte[] plain = dataKey.get().open(body);
    if (plain == null || plain.length < SaltStream.SALT_BYTES) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "leaf " + leaf + " is not what data key " + key + " sealed");
    }
    return Optional.of(plain);
  }

  private static Content split(byte[] plain) {
    return new Content(Arrays.copyOf(plain, SaltStream.SALT_BYTES), payload(plain));
  }

  /** The payload behind the salt. */
  static byte[] payload(byte[] plain) {
    return Arrays.copyOfRange(plain, SaltStream.SALT_BYTES, plain.length);
  }
}
