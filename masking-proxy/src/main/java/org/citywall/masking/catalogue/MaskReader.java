// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.mask.Mask;
import org.citywall.masking.mask.MaskRules;
import org.citywall.masking.yaml.YamlValue;

/** Reads masks, and the secrets that they name. */
final class MaskReader {

  private static final String SECRET = "key";

  private final SecretReferences secrets;

  MaskReader(SecretReferences secrets) {
    this.secrets = secrets;
  }

  /** The mask of these properties, or {@code MSK-0087}. */
  Mask read(YamlValue value) {
    Map<String, Object> properties = new LinkedHashMap<>();
    value
        .mapping()
        .entries()
        .forEach((name, property) -> properties.put(name, read(name, property)));
    try {
      return MaskRules.read(properties);
    } catch (IllegalArgumentException e) {
      throw value.mistake(MaskingErrorCode.MASK_INVALID, String.valueOf(e.getMessage()));
    }
  }

  private Object read(String name, YamlValue value) {
    if (name.equals(SECRET)) {
      return secrets.resolve(value.text()).reveal();
    }
    return value.isNumber() ? value.number(0, Integer.MAX_VALUE) : value.text();
  }
}
