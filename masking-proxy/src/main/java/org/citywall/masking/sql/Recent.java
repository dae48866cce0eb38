// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was kept last, bounded: the longest unused goes first. Safe for use by several threads. */
final class Recent<K, V> {

  private final Map<K, V> kept;

  /**
   * @param size values that are kept
   */
  Recent(int size) {
    kept =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > size;
          }
        };
  }

  @Nullable V find(K key) {
    synchronized (kept) {
      return kept.get(key);
    }
  }

  void keep(K key, V value) {
    synchronized (kept) {
      kept.put(key, value);
    }
  }
}
