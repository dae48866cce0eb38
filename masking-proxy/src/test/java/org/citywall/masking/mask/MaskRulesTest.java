// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MaskRulesTest {

  @Test
  void readsTheExampleOfTheReference() {
    assertThat(
            MaskRules.read(
                Map.of("type", "MASK_FROM_X_TO_Y", "from-x", 6, "to-y", 16, "replace-char", "*")))
        .isEqualTo(new CharacterMask.MaskFromTo(6, 16, '*'));
  }

  @Test
  void hidesByAsterisksUnlessToldOtherwise() {
    assertThat(MaskRules.read(Map.of("type", "KEEP_FIRST_N_LAST_M", "first-n", 1, "last-m", 0)))
        .isEqualTo(new CharacterMask.KeepFirstLast(1, 0, '*'));
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(Map.of(), "type is required"),
        Arguments.of(Map.of("type", "BLUR"), "BLUR"),
        Arguments.of(Map.of("type", "GENERIC_TABLE_RANDOM_REPLACE"), "neither grouped nor joined"),
        Arguments.of(Map.of("type", "KEEP_FIRST_N_LAST_M", "first-n", 1), "last-m"),
        Arguments.of(
            Map.of("type", "KEEP_FIRST_N_LAST_M", "first-n", "1", "last-m", 0), "whole number"),
        Arguments.of(Map.of("type", "KEEP_FIRST_N_LAST_M", "first-n", -1, "last-m", 0), "0 to"),
        Arguments.of(Map.of("type", "MASK_FIRST_N_LAST_M", "first-n", 0, "last-m", 0), "nothing"),
        Arguments.of(Map.of("type", "MASK_FROM_X_TO_Y", "from-x", 6, "to-y", 5), "from-x <= to-y"),
        Arguments.of(
            Map.of("type", "MASK_FROM_X_TO_Y", "from-x", 1, "to-y", 5, "replace-char", "**"),
            "one visible character"),
        Arguments.of(
            Map.of("type", "MASK_FROM_X_TO_Y", "from-x", 1, "to-y", 5, "replace-char", "\n"),
            "one visible character"),
        Arguments.of(Map.of("type", "MASK_AFTER_SPECIAL_CHARS", "special-chars", ""), "characters"),
        Arguments.of(Map.of("type", "MD5", "salt", "0123456789abcdef"), "no mask is called"),
        Arguments.of(Map.of("type", "KEYED_HASH", "key", "short"), "16 bytes"),
        Arguments.of(Map.of("type", "ROUND", "digits", 0), "1 to 18"),
        Arguments.of(Map.of("type", "GENERALISE", "step", 1), "2 or more"),
        Arguments.of(Map.of("type", "NULL", "digits", 1), "no property [digits]"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrong(Map<String, Object> properties, String what) {
    assertThatThrownBy(() -> MaskRules.read(properties))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what);
  }

  @Test
  void tellsNobodyItsSecrets() {
    assertThat(MaskRules.read(Map.of("type", "KEYED_HASH", "key", "0123456789abcdef")).toString())
        .doesNotContain("0123456789abcdef");
  }
}
