// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StructuredTagsTest {

  @Test
  void findsTheTagsOfEveryElement() {
    assertThat(StructuredTags.of("[demo@32473 tag=\"demo\" x=\"1\"][o@1 tag=\"a b\" tag=\"c\"]"))
        .containsExactly("demo", "a b", "c");
  }

  @Test
  void readsEscapesAndIsNotFooledByQuotedText() {
    assertThat(StructuredTags.of("[a@1 x=\"no tag=\" y=\"\\\" tag=\\\"no\\\"\" tag=\"\\]\\\\\"]"))
        .containsExactly("]\\");
  }

  @Test
  void takesNoOtherParameterAndNoEmptyOrLongTag() {
    assertThat(StructuredTags.of("[tag x=\"1\" tags=\"2\" mytag=\"3\" tag=\"\"]")).isEmpty();
    assertThat(StructuredTags.of("[a tag=\"" + "x".repeat(65) + "\"]")).isEmpty();
    assertThat(StructuredTags.of("[a" + " tag=\"t\"".repeat(50) + "]")).hasSize(16);
  }
}
