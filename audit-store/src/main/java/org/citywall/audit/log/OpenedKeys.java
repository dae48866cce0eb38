// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.KeyWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Data keys by number, opened when a record needs them and then kept. Safe for use by several
 * threads.
 */
final class OpenedKeys {

  private final Path ring;
  private final @Nullable KeyWrapper wrapper;
  private final boolean passing;
  private final Map<Integer, DataKey> opened = new ConcurrentHashMap<>();
  private Map<Integer, RingKey> known = Map.of();

  /**
   * @param wrapper opens the keys; null where nobody gave one
   */
  OpenedKeys(Path ring, @Nullable KeyWrapper wrapper) {
    this(ring, wrapper, false);
  }

  /** Opens no key at all: every sealed payload looks like a destroyed one. */
  static OpenedKeys none(Path ring) {
    return new OpenedKeys(ring, null, true);
  }

  private OpenedKeys(Path ring, @Nullable KeyWrapper wrapper, boolean passing) {
    this.ring = ring;
    this.wrapper = wrapper;
    this.passing = passing;
  }

  /** Whether there is anything to open keys with. */
  boolean canOpen() {
    return wrapper != null;
  }

  /**
   * The key of this number; empty where it was destroyed. {@code AUD-0022} without a wrapper,
   * {@code AUD-0013} where no such key was ever made.
   */
  Optional<DataKey> key(int number) {
    if (passing) {
      return Optional.empty();
    }
    DataKey key = opened.get(number);
    return key == null ? open(number) : Optional.of(key);
  }

  private synchronized Optional<DataKey> open(int number) {
    RingKey stored = known.get(number);
    if (stored == null) {
      known = read();
      stored = known.get(number);
    }
    if (stored == null) {
      throw new PlatformException(
          AuditErrorCode.LOG_CORRUPT, "data key " + number + " is not in the key ring");
    }
    return switch (stored.state()) {
      case RingKey.Destroyed destroyed -> Optional.empty();
      case RingKey.Wrapped wrapped -> Optional.of(open(stored, wrapped.key()));
    };
  }

  /** Leaf of the entry about the destruction of this key; -1 where it was not destroyed. */
  synchronized long destroyedBy(int number) {
    if (!known.containsKey(number)) {
      known = read();
    }
    RingKey stored = known.get(number);
    return stored != null && stored.state() instanceof RingKey.Destroyed destroyed
        ? destroyed.leaf()
        : -1;
  }

  private DataKey open(RingKey stored, byte[] wrapped) {
    if (wrapper == null) {
      throw new PlatformException(
          AuditErrorCode.PAYLOAD_SEALED, "data key " + stored.number() + " cannot be opened");
    }
    DataKey key = stored.cipher().key(wrapper.unwrap(wrapped));
    opened.put(stored.number(), key);
    return key;
  }

  private Map<Integer, RingKey> read() {
    try {
      List<RingKey> keys = KeyRing.read(ring);
      Map<Integer, RingKey> byNumber = new HashMap<>();
      keys.forEach(key -> byNumber.put(key.number(), key));
      return byNumber;
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "key ring", e);
    }
  }

  /** Keeps a key that was just made. */
  void learn(int number, DataKey key) {
    opened.put(number, key);
  }

  /** Forgets everything, because keys were destroyed. */
  synchronized void forget() {
    opened.clear();
    known = Map.of();
  }
}
