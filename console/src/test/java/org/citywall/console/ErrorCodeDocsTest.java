// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.testing.ErrorCodes;
import org.citywall.audit.testing.Golden;
import org.junit.jupiter.api.Test;

class ErrorCodeDocsTest {

  private static final String HEAD =
      """
      # Error codes

      Generated from the code by `ErrorCodeDocsTest`; do not edit. An id is never reused. The category says whose turn
      it is: *caller* corrects the request, *policy* asks for a right, *integrity* stops and calls the security officer,
      *capacity* waits and tries again, *external* waits for another system, *internal* is our bug.

      | id | category | HTTP | what happened and what to do |
      |---|---|---|---|
      """;

  @Test
  void documentsTheErrorCodesOfAllModules() {
    List<ErrorCode> codes = ErrorCodes.onClassPath();

    assertThat(codes).extracting(code -> code.id().substring(0, 3)).contains("AUD", "COR");
    Golden.assertFile(
        Path.of("..", "docs", "reference", "error-codes.md"),
        codes.stream().map(ErrorCodeDocsTest::row).collect(Collectors.joining("", HEAD, "")));
  }

  private static String row(ErrorCode code) {
    return ("| `" + code.id() + "` ")
        + ("| " + code.category().name().toLowerCase(Locale.ROOT) + " ")
        + ("| " + code.httpStatus() + " ")
        + ("| " + code.meaning().replace("|", "\\|") + " |\n");
  }
}
