// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.yaml;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.masking.MaskingErrorCode;

/** Keys and values of a mapping in the order of the file. */
public final class YamlMapping {

  private final YamlValue place;
  private final Map<String, YamlValue> keys;
  private final Map<String, YamlValue> entries;

  YamlMapping(YamlValue place, Map<String, YamlValue> keys, Map<String, YamlValue> entries) {
    this.place = place;
    this.keys = keys;
    this.entries = entries;
  }

  void requireKnown(List<String> known) {
    for (Map.Entry<String, YamlValue> key : keys.entrySet()) {
      if (!known.contains(key.getKey())) {
        throw key.getValue()
            .mistake(
                MaskingErrorCode.KEY_UNKNOWN,
                "'" + key.getKey() + "' is no key here; known are " + String.join(", ", known));
      }
    }
  }

  /** Where the mapping stands. */
  public YamlValue place() {
    return place;
  }

  /** Where the key stands. */
  public YamlValue key(String name) {
    return Optional.ofNullable(keys.get(name)).orElse(place);
  }

  public Optional<YamlValue> find(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The value, or {@code MSK-0084} where the key is missing. */
  public YamlValue require(String key) {
    return find(key)
        .orElseThrow(() -> place.mistake(MaskingErrorCode.VALUE_INVALID, key + " is missing"));
  }

  public Map<String, YamlValue> entries() {
    return Collections.unmodifiableMap(entries);
  }
}
