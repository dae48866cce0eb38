// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.mask;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.audit.secrets.Sensitive;

/** Reads masks as files have them: {@code {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4}}. */
public final class MaskRules {

  private static final String TYPE = "type";
  private static final String REPLACE_CHAR = "replace-char";
  private static final String USUAL_CHAR = "*";

  private final Map<String, ?> properties;
  private final Set<String> read = new TreeSet<>(Set.of(TYPE));

  private MaskRules(Map<String, ?> properties) {
    this.properties = properties;
  }

  /**
   * The mask of these properties.
   *
   * @throws IllegalArgumentException with what is wrong: an unknown algorithm, a property that is
   *     missing, out of range or unknown
   */
  public static Mask read(Map<String, ?> properties) {
    MaskRules rule = new MaskRules(properties);
    Mask mask = rule.mask();
    List<String> unknown = new ArrayList<>();
    for (String name : properties.keySet()) {
      if (!rule.read.contains(name)) {
        unknown.add(name);
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(mask.algorithm() + " has no property " + unknown);
    }
    return mask;
  }

  private Mask mask() {
    String type = text(TYPE);
    return switch (type) {
      case "KEEP_FIRST_N_LAST_M" ->
          new CharacterMask.KeepFirstLast(number("first-n"), number("last-m"), replaceChar());
      case "MASK_FIRST_N_LAST_M" ->
          new CharacterMask.MaskFirstLast(number("first-n"), number("last-m"), replaceChar());
      case "KEEP_FROM_X_TO_Y" ->
          new CharacterMask.KeepFromTo(number("from-x"), number("to-y"), replaceChar());
      case "MASK_FROM_X_TO_Y" ->
          new CharacterMask.MaskFromTo(number("from-x"), number("to-y"), replaceChar());
      case "MASK_BEFORE_SPECIAL_CHARS" ->
          new CharacterMask.MaskBefore(text("special-chars"), replaceChar());
      case "MASK_AFTER_SPECIAL_CHARS" ->
          new CharacterMask.MaskAfter(text("special-chars"), replaceChar());
      case "KEYED_HASH" ->
          new HashMask.Keyed(Sensitive.of(text("key").getBytes(StandardCharsets.UTF_8)));
      case "NULL" -> Mask.ToNull.INSTANCE;
      case "YEAR_ONLY" -> new TruncatingMask.YearOnly();
      case "ROUND" -> new TruncatingMask.Round(number("digits"));
      case "GENERALISE" -> new TruncatingMask.Generalise(number("step"));
      case "GENERIC_TABLE_RANDOM_REPLACE" ->
          throw new IllegalArgumentException(
              type + ": a value that is another one each time can be neither grouped nor joined");
      default -> throw new IllegalArgumentException("no mask is called " + type);
    };
  }

  private String text(String name) {
    read.add(name);
    Object value = properties.get(name);
    if (value == null || value instanceof Map || value instanceof List) {
      throw new IllegalArgumentException(name + " is required");
    }
    return value.toString();
  }

  private int number(String name) {
    read.add(name);
    if (properties.get(name) instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException(name + " is required and a whole number");
  }

  private char replaceChar() {
    read.add(REPLACE_CHAR);
    Object value = properties.get(REPLACE_CHAR);
    String text = value == null ? USUAL_CHAR : value.toString();
    if (text.length() != 1
        || Character.isSurrogate(text.charAt(0))
        || Character.isISOControl(text.charAt(0))) {
      throw new IllegalArgumentException(REPLACE_CHAR + " is one visible character");
    }
    return text.charAt(0);
  }
}
