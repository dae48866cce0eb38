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

class LookUpKeyTest {

  private static final String PROXY =
      """
      listen: 127.0.0.1:0
      backend: {dialect: postgresql, host: localhost, port: 5432, database: d, user: u, password: "${env:P}"}
      catalogue: catalogue.yaml
      grants: grants.yaml
      """;

  private static final String GRANTS =
      """
      grants:
        - id: G-1
          person: ana
          columns: [public.person.phone]
          kind: look-up
          look-ups: {values: 50, period: PT24H}
          valid-from: 2026-11-24T00:00:00+08:00
          valid-until: 2026-11-25T00:00:00+08:00
          approver: lin
          reason: a counter
      """;

  @TempDir private Path folder;

  private ProxyConfig read(String more, Map<String, String> environment) throws IOException {
    Files.writeString(
        folder.resolve("catalogue.yaml"),
        "scheme: zhejiang-4\ntables: [{name: public.person, columns: {phone: {level: 3}}}]\n");
    Files.writeString(folder.resolve("grants.yaml"), GRANTS);
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
  void isNeededWhereLookUpsAreGranted() throws IOException {
    refuses("", Map.of(), 4);

    ProxyConfig config = read("look-up-key: ${env:KEY}\n", Map.of("KEY", "sixteen bytes and"));
    assertThat(String.valueOf(config.lookUpKey())).isEqualTo("***");
  }

  @Test
  void isNoShortOne() {
    refuses("look-up-key: ${env:KEY}\n", Map.of("KEY", "too short"), 5);
  }
}
