// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.DataKey;
import org.citywall.audit.secrets.KeyWrapper;
import org.jspecify.annotations.Nullable;

/** Opens sealed payloads as far as there are keys. Safe for use by several threads. */
final class PayloadKeys {

  /** What became of a sealed payload. */
  sealed interface Outcome {}

  /**
   * @param plain salt and payload
   */
  record Opened(byte[] plain) implements Outcome {}

  /** The bytes are not what the key sealed, or the key is not what was wrapped. */
  record Broken(String why) implements Outcome {}

  /** The ring does not know the key. */
  record Keyless() implements Outcome {}

  /** The key was destroyed. */
  record Shredded() implements Outcome {}

  /** Nobody gave the key that opens data keys. */
  record Closed() implements Outcome {}

  private final StoredKeys stored;
  private final @Nullable KeyWrapper wrapper;
  private final Map<Integer, DataKey> keys = new ConcurrentHashMap<>();

  PayloadKeys(StoredKeys stored, @Nullable KeyWrapper wrapper) {
    this.stored = stored;
    this.wrapper = wrapper;
  }

  Outcome open(SegmentWalk.Stored record) {
    StoredKey key = stored.key(record.key());
    if (key == null) {
      return new Keyless();
    }
    if (key.cipher().code() != record.sealing()) {
      return new Broken("the record names another cipher than its data key has");
    }
    byte[] wrapped = key.wrapped();
    if (wrapped == null) {
      return new Shredded();
    }
    if (wrapper == null) {
      return new Closed();
    }
    try {
      byte[] plain = key(key, wrapped, wrapper).open(record.body());
      return plain == null
          ? new Broken("the payload is not what data key " + key.number() + " sealed")
          : new Opened(plain);
    } catch (PlatformException e) {
      if (e.code().category() == ErrorCategory.EXTERNAL) {
        throw e;
      }
      return new Broken("data key " + key.number() + " does not open: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      return new Broken("data key " + key.number() + " is none of its cipher");
    }
  }

  private DataKey key(StoredKey key, byte[] wrapped, KeyWrapper unwrapper) {
    DataKey opened = keys.get(key.number());
    if (opened == null) {
      opened = key.cipher().key(unwrapper.unwrap(wrapped));
      keys.put(key.number(), opened);
    }
    return opened;
  }
}
