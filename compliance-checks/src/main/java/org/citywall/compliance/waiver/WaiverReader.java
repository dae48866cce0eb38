// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.waiver;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the text of waivers; whatever is not understood is refused. */
final class WaiverReader {

  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> KEYS = Set.of("check", "target", "reason", "until");

  private WaiverReader() {}

  static List<Waiver> read(String text, List<String> signedBy) {
    JsonNode list = list(text);
    List<Waiver> waivers = new ArrayList<>();
    for (JsonNode one : list) {
      String place = "waivers[" + waivers.size() + "]";
      for (String key : one.propertyNames()) {
        if (!KEYS.contains(key)) {
          throw mistake(place + ": " + key + " is not known here", null);
        }
      }
      waivers.add(
          new Waiver(
              text(one, "check", place),
              text(one, "target", place),
              text(one, "reason", place),
              date(text(one, "until", place), place),
              signedBy));
    }
    return waivers;
  }

  private static JsonNode list(String text) {
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (JacksonException e) {
      throw mistake(e.getOriginalMessage(), e);
    }
    JsonNode list = root.get("waivers");
    if (root.size() != 1 || list == null || !list.isArray()) {
      throw mistake("it is no mapping with a list of waivers and nothing else", null);
    }
    return list;
  }

  private static String text(JsonNode node, String key, String place) {
    JsonNode value = node.get(key);
    if (value == null || !value.isString() || value.stringValue().isBlank()) {
      throw mistake(place + ": " + key + " is no text", null);
    }
    return value.stringValue();
  }

  private static LocalDate date(String text, String place) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw mistake(place + ": until is no date such as 2027-03-31", e);
    }
  }

  private static PlatformException mistake(String what, @Nullable Throwable cause) {
    return new PlatformException(ComplianceErrorCode.WAIVERS_INVALID, what, cause);
  }
}
