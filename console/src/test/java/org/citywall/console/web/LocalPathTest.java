// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPathTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//evil.example",
        "/\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie:x",
        "",
        "triage"
      })
  void leadsHomeInsteadOfElsewhere(String hostile) {
    assertThat(LocalPath.orHome(hostile)).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/triage", "/search?q=user.name%3Azhang&span=24h"})
  void keepsPathsOfThisConsole(String path) {
    assertThat(LocalPath.orHome(path)).isEqualTo(path);
  }
}
