// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SqlUsageCommandTest {

  private static final String NAMES_A_VAULT =
      """
      listen: 127.0.0.1:0
      backend: {dialect: postgresql, host: h, port: 1, database: d, user: u, vault-role: clerks}
      catalogue: catalogue.yaml
      users: []
      vault:
        address: https://127.0.0.1:1
        authority: authority-of-vault.pem
        role-id: proxy
        secret-id: secret-of-vault
      """;

  @Test
  void printsWhatLetsTheProxysLoginCountAndNothingElse() {
    StringWriter out = new StringWriter();
    Path config = Path.of("..", "docs", "reference", "proxy", "proxy.example.yaml");

    int code =
        new CommandLine(
                new SqlUsageCommand(
                    Map.of(
                        "LOOK_UP_KEY",
                        "sixteen bytes or more",
                        "SUBJECT_KEY",
                        "thirty-two bytes or more, in a test")))
            .setOut(new PrintWriter(out, true))
            .execute("--config", config.toString());

    assertThat(code).isZero();
    assertThat(out.toString())
        .contains("CREATE SCHEMA IF NOT EXISTS citywall", "TO \"citywall\";")
        .doesNotContain("PROXY_LOGIN", "TO PUBLIC");
  }

  /** Without that, no secret of a file that is in Vault could be had. */
  @Test
  void opensTheVaultThatTheFileNames(@TempDir Path folder) throws IOException {
    Path config = Files.writeString(folder.resolve("proxy.yaml"), NAMES_A_VAULT);
    List<Exception> failures = new ArrayList<>();

    int code =
        new CommandLine(new SqlUsageCommand(Map.of()))
            .setExecutionExceptionHandler(
                (failure, line, parsed) -> {
                  failures.add(failure);
                  return 9;
                })
            .execute("--config", config.toString());

    assertThat(code).isEqualTo(9);
    assertThat(failures)
        .singleElement()
        .isInstanceOfSatisfying(
            PlatformException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(AuditErrorCode.KEYS_UNREADABLE);
              assertThat(failure).hasMessageContaining("authority-of-vault.pem");
            });
  }
}
