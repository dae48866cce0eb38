// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3+cmd",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "\uff1d1"
      })
  void defusesCellsThatASpreadsheetWouldRun(String hostile) {
    assertThat(Csv.cell(hostile).replaceFirst("^\"", "")).startsWith("'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "-1.25", "2026-11-22", "10.0.0.1", "a=b", "", "  plain"})
  void leavesOrdinaryCellsAlone(String cell) {
    assertThat(Csv.cell(cell)).isEqualTo(cell);
  }

  @Test
  void quotesWhatWouldBreakTheRow() throws IOException {
    StringBuilder out = new StringBuilder();

    Csv.row(out, List.of("a,b", "say \"no\"", "two\nlines", "plain"));

    assertThat(out).hasToString("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",plain\r\n");
  }
}
