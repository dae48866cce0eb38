// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.citywall.masking.policy.Rights;

/**
 * Verdicts that were given, for statements that come again: bounded, the longest unused goes first.
 * A verdict holds for one statement, one person's rights, one version of the policy and one meaning
 * of names. Safe for use by several threads.
 */
final class PlanCache {

  /** Longer statements hardly come twice. */
  private static final int MAX_LENGTH = 1 << 14;

  private record Key(String sql, Rights rights, String policy, String schema) {}

  private final Map<Key, Verdict> verdicts;

  /**
   * @param size verdicts that are kept
   */
  PlanCache(int size) {
    verdicts =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Verdict> eldest) {
            return size() > size;
          }
        };
  }

  Optional<Verdict> find(String sql, SchemaView schema, Rights rights) {
    Key key = key(sql, schema, rights);
    synchronized (verdicts) {
      return Optional.ofNullable(verdicts.get(key));
    }
  }

  void keep(String sql, SchemaView schema, Rights rights, Verdict verdict) {
    if (sql.length() <= MAX_LENGTH) {
      Key key = key(sql, schema, rights);
      synchronized (verdicts) {
        verdicts.put(key, verdict);
      }
    }
  }

  private static Key key(String sql, SchemaView schema, Rights rights) {
    return new Key(sql, rights, rights.version(), schema.version());
  }
}
