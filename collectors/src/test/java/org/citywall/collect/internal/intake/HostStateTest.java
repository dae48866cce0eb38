// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostStateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[meta sequenceId=\"7\"]|7",
        "[origin ip=\"x\"][meta sysUpTime=\"3\" sequenceId=\"2147483647\"]|2147483647",
        "[origin sequenceId=\"7\"]|-1",
        "[meta x=\"1\"][other sequenceId=\"7\"]|-1",
        "[meta sequenceId=\"\"]|-1",
        "[meta sequenceId=\"7x\"]|-1",
        "[meta sequenceId=\"12345678901\"]|-1"
      })
  void readsTheSequenceOfTheMetaElementOnly(String structuredData, long expected) {
    assertThat(HostState.sequenceId(structuredData)).isEqualTo(expected);
  }
}
