// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.citywall.masking.sql.TestRights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in Go works through the proxy by pgx and sees masks; skipped where that is absent. */
class GoClientsIT {

  private static final Path GO = Path.of("/usr/bin/go");
  private static final Path PACKAGES = Path.of("/usr/share/gocode");

  @TempDir private Path folder;

  @Test
  void worksByPgxAndSeesMasks() throws IOException, InterruptedException, SQLException {
    assumeThat(GO).as("the package golang-go").exists();
    assumeThat(PACKAGES.resolve("src/github.com/jackc/pgx/v4"))
        .as("the package golang-github-jackc-pgx-v4-dev")
        .exists();
    Path source = folder.resolve("pgxclient.go");
    Files.writeString(source, PsqlCommandsIT.resource("pgxclient.go"), UTF_8);
    Path program = folder.resolve("pgxclient");
    assertThat(run(GO.toString(), "build", "-o", program.toString(), source.toString())).isEmpty();
    try (ProxiedDemo demo = ProxiedDemo.start()) {
      try (Connection owner = demo.owner();
          Statement statement = owner.createStatement()) {
        statement.execute(PsqlCommandsIT.resource("shop-setup.sql"));
      }
      demo.see(TestRights.ofMore().passUnknownTables(), "masked");

      assertThat(
              run(
                  program.toString(),
                  Integer.toString(demo.port()),
                  ProxiedDemo.USER,
                  TestProxy.PASSWORD))
          .isEqualTo("ok\n");
    }
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("GO111MODULE", "off");
    builder.environment().put("GOPATH", PACKAGES.toString());
    builder.environment().put("GOCACHE", folder.resolve("cache").toString());
    builder.environment().put("GOFLAGS", "");
    Process process = builder.start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("no end of " + String.join(" ", command));
    }
    return Files.readString(output, UTF_8);
  }
}
