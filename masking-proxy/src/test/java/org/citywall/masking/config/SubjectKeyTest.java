// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectKeyTest {

  private static final String PROXY =
      """
      listen: 127.0.0.1:0
      backend: {dialect: postgresql, host: localhost, port: 5432, database: d, user: u, password: "${env:P}"}
      catalogue: catalogue.yaml
      """;

  @TempDir private Path folder;

  private ProxyConfig read(String more, Map<String, String> environment) throws IOException {
    Files.writeString(
        folder.resolve("catalogue.yaml"),
        "scheme: zhejiang-4\ntables: [{name: public.person, columns: {phone: {level: 3}}}]\n");
    Files.writeString(folder.resolve("proxy.yaml"), PROXY + more);
    return ProxyConfig.read(folder.resolve("proxy.yaml"), environment, Optional.empty());
  }

  private void refuses(String more, Map<String, String> environment, int line) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(() -> read(more, environment))
        .matches(e -> e.code() == MaskingErrorCode.VALUE_INVALID)
        .withMessageContaining("proxy.yaml:" + line + ":")
        .withMessageNotContaining("short");
  }

  @Test
  void isNoShortOne() {
    refuses("subject-key: ${env:KEY}\n", Map.of("KEY", "a short key of thirty-one bytes"), 4);
  }

  @Test
  void isReadFromASecretAndNeverPrinted() throws IOException {
    ProxyConfig config =
        read("subject-key: ${env:KEY}\n", Map.of("KEY", "a key of at least thirty-two bytes"));

    assertThat(config.subjectKey()).isNotNull();
    assertThat(config.toString()).doesNotContain("a key of at least");
  }

  @Test
  void mayBeMissing() throws IOException {
    assertThat(read("", Map.of()).subjectKey()).isNull();
  }
}
