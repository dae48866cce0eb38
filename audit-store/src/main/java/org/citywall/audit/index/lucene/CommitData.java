// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.util.Map;

/**
 * What a commit says about itself.
 *
 * @param schema {@link Schema#VERSION} of its writer
 * @param next first leaf that is not in it
 * @param last id of the event before that leaf, empty where there is none
 */
record CommitData(int schema, long next, String last) {

  static final CommitData EMPTY = new CommitData(Schema.VERSION, 0, "");

  /** Reads user data; an {@code IllegalArgumentException} where it is not ours. */
  static CommitData of(Map<String, String> data) {
    return new CommitData(
        Integer.parseInt(data.getOrDefault("schema", "")),
        Long.parseLong(data.getOrDefault("next", "")),
        data.getOrDefault("last", ""));
  }

  Map<String, String> toMap() {
    return Map.of("schema", Integer.toString(schema), "next", Long.toString(next), "last", last);
  }
}
