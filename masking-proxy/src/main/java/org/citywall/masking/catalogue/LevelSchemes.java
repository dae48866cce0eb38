// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.yaml.YamlFile;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;

/** The schemes that ship, and those that a catalogue writes itself. */
final class LevelSchemes {

  private static final String FILE = "schemes.yaml";
  private static final String[] KEYS = {
    "source", "confirmed", "highest-clearance", "highest-grant", "levels"
  };

  private LevelSchemes() {}

  /** The scheme that a value names, or is. */
  static LevelScheme read(YamlValue value) {
    if (value.isMapping()) {
      YamlMapping own =
          value.mapping(
              "id", "source", "confirmed", "highest-clearance", "highest-grant", "levels");
      return scheme(own.require("id").text(), own);
    }
    Map<String, LevelScheme> shipped = shipped();
    LevelScheme scheme = shipped.get(value.text());
    if (scheme == null) {
      throw value.mistake(
          MaskingErrorCode.SCHEME_UNKNOWN, "is one of " + shipped.keySet() + " or a mapping");
    }
    return scheme;
  }

  private static Map<String, LevelScheme> shipped() {
    try (InputStream in = LevelSchemes.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing from the program");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Map<String, LevelScheme> schemes = new TreeMap<>();
      YamlFile.parse(FILE, text)
          .mapping()
          .entries()
          .forEach((id, value) -> schemes.put(id, scheme(id, value.mapping(KEYS))));
      return schemes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LevelScheme scheme(String id, YamlMapping mapping) {
    List<Level> levels = new ArrayList<>();
    for (YamlValue value : mapping.require("levels").list()) {
      YamlMapping level = value.mapping("number", "name", "opening");
      int next = levels.size() + 1;
      levels.add(
          new Level(
              level.require("number").number(next, next),
              level.require("name").text(),
              level.require("opening").choice(Opening.class)));
    }
    if (levels.isEmpty()) {
      throw mapping.require("levels").mistake(MaskingErrorCode.VALUE_INVALID, "is empty");
    }
    int clearance =
        mapping
            .find("highest-clearance")
            .map(value -> value.number(0, levels.size()))
            .orElse(levels.size());
    return new LevelScheme(
        id,
        mapping.find("source").map(YamlValue::text).orElse(id),
        mapping.find("confirmed").map(YamlValue::flag).orElse(false),
        levels,
        clearance,
        mapping
            .find("highest-grant")
            .map(value -> value.number(clearance, levels.size()))
            .orElse(clearance));
  }
}
