// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The numbers by which a client cancels what runs in its session. They are the proxy's own, so that
 * they say nothing of the database and cancel nothing of anybody else. Safe for several threads.
 */
final class CancelKeys {

  /** A session's numbers. */
  record Key(int process, int secret) {}

  private final Map<Key, Runnable> cancelling = new ConcurrentHashMap<>();
  private final SecureRandom random;

  CancelKeys(SecureRandom random) {
    this.random = random;
  }

  /** Numbers for a session. */
  Key add(Runnable cancel) {
    while (true) {
      Key key = new Key(random.nextInt() & Integer.MAX_VALUE, random.nextInt());
      if (cancelling.putIfAbsent(key, cancel) == null) {
        return key;
      }
    }
  }

  void remove(Key key) {
    cancelling.remove(key);
  }

  Optional<Runnable> find(Key key) {
    return Optional.ofNullable(cancelling.get(key));
  }
}
