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
import java.util.stream.Stream;
import org.citywall.masking.sql.TestRights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs in Python work through the proxy and see masks; skipped where a driver is absent. */
class PythonClientsIT {

  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir private static Path folder;
  private static ProxiedDemo demo;
  private static Path script;

  @BeforeAll
  static void start() throws IOException, SQLException {
    assumeThat(PYTHON).exists();
    script =
        Files.writeString(
            folder.resolve("clients.py"), PsqlCommandsIT.resource("clients.py"), UTF_8);
    demo = ProxiedDemo.start();
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(PsqlCommandsIT.resource("shop-setup.sql"));
    }
    demo.see(TestRights.ofMore().passUnknownTables(), "masked");
  }

  @AfterAll
  static void stop() throws IOException {
    if (demo != null) {
      demo.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"psycopg", "psycopg2", "asyncpg", "sqlalchemy"})
  void worksAndSeesMasks(String driver) throws IOException, InterruptedException {
    assumeThat(run("-c", "import " + driver + "; print('ok')"))
        .as("the package python3-" + driver)
        .isEqualTo("ok\n");

    assertThat(
            run(
                "-W",
                "ignore",
                script.toString(),
                driver,
                Integer.toString(demo.port()),
                ProxiedDemo.USER,
                TestProxy.PASSWORD))
        .isEqualTo("ok\n");
  }

  private static String run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(PYTHON.toString()), Stream.of(arguments)).toList();
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("no end of " + command);
    }
    return Files.readString(output, UTF_8);
  }
}
