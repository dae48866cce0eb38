// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.nio.charset.StandardCharsets;
import org.citywall.audit.log.Hash;
import tools.jackson.databind.json.JsonMapper;

/** Tells by content whether what detection reasons with is the same as before. */
final class Digest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Digest() {}

  /**
   * SHA-256 in lower-case hexadecimal over the JSON of this value, in which sets and maps must not
   * occur: their order changes from one process to the next.
   */
  static String ofJson(Object value) {
    return Hash.sha256(JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8)).hex();
  }
}
