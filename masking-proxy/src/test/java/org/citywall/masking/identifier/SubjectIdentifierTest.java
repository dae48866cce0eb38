// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectIdentifierTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "11010519491231002X",
        "11010519491231002x",
        " 11010519491231002X  ",
        "110105491231002"
      })
  void writesOneResidentInOneWay(String text) {
    assertThat(SubjectIdentifier.canonical(text)).contains("11010519491231002X");
    assertThat(SubjectIdentifier.residentId(text)).contains("11010519491231002X");
  }

  @Test
  void leavesOtherIdentifiersAsTheyAre() {
    assertThat(SubjectIdentifier.canonical(" sb33990001 ")).contains("sb33990001");
    assertThat(SubjectIdentifier.canonical("  ")).isEmpty();
    assertThat(SubjectIdentifier.canonical("x".repeat(257))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "110105194912310021", "11010519491331002X", "1101051949123100", "SB33990001"})
  void takesNoNumberOfNobody(String text) {
    assertThat(SubjectIdentifier.residentId(text)).isEmpty();
  }
}
