// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON object into dotted names. Values are String, Long, Double, Boolean or a List of
 * texts; what JSON writes as null is left out. Depth and number of members are bounded.
 */
final class FlatJson {

  private static final int MAX_DEPTH = 16;
  private static final int MAX_MEMBERS = 1024;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(64)
                  .maxNameLength(1024)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Map<String, Object> members = new LinkedHashMap<>();

  private FlatJson() {}

  static Map<String, Object> read(byte[] bytes) throws Malformed {
    FlatJson flat = new FlatJson();
    requireUtf8(bytes);
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new Malformed("not a JSON object");
      }
      flat.object("", json);
      if (json.nextToken() != null) {
        throw new Malformed("something follows the JSON object");
      }
    }
    return flat.members;
  }

  /** The library would read UTF-16 and UTF-32 too, which RFC 8259 section 8.1 does not know. */
  private static void requireUtf8(byte[] bytes) throws Malformed {
    for (int i = 0; i < Math.min(2, bytes.length); i++) {
      if (bytes[i] == 0 || (bytes[i] & 0xfe) == 0xfe) {
        throw new Malformed("not in UTF-8");
      }
    }
  }

  private void object(String prefix, JsonParser json) throws Malformed {
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = prefix + json.currentName();
      JsonToken token = json.nextToken();
      if (token == JsonToken.START_OBJECT) {
        object(name + ".", json);
      } else {
        put(name, token == JsonToken.START_ARRAY ? array(json) : scalar(json));
      }
    }
  }

  private void put(String name, @Nullable Object value) throws Malformed {
    if (value == null || name.isEmpty()) {
      return;
    }
    if (members.size() >= MAX_MEMBERS) {
      throw new Malformed("more than " + MAX_MEMBERS + " members");
    }
    if (members.putIfAbsent(name, value) != null) {
      throw new Malformed("a member is given twice");
    }
  }

  private static List<String> array(JsonParser json) throws Malformed {
    List<String> texts = new ArrayList<>();
    int depth = 1;
    while (depth > 0) {
      JsonToken token = json.nextToken();
      if (token == null) {
        throw new Malformed("an array is not closed");
      }
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token != JsonToken.VALUE_NULL) {
        texts.add(token == JsonToken.PROPERTY_NAME ? json.currentName() + ":" : json.getString());
      }
    }
    return texts;
  }

  private static @Nullable Object scalar(JsonParser json) throws Malformed {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getString();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT ->
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? json.getString()
              : (Object) json.getLongValue();
      case VALUE_NUMBER_FLOAT -> {
        double number = json.getDoubleValue();
        yield Double.isFinite(number) ? (Object) number : json.getString();
      }
      case VALUE_NULL -> null;
      case null, default -> throw new Malformed("the JSON object ends early");
    };
  }
}
