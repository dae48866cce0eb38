// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.citywall.masking.sql.TestRights;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where nothing is masked psql prints the same through the proxy as without it. */
class PsqlCommandsIT {

  /** What the proxy says in its own words. */
  private static final Map<String, String> TOLD_OTHERWISE =
      Map.of(
          "SELECT * FROM no_such;", "ERROR:  MSK-0025 no_such",
          "SELEC 1;", "ERROR:  MSK-0021 syntax error",
          "\\errverbose", "ERROR:  42601: MSK-0021 syntax error",
          "\\deu+", "ERROR:  MSK-0027 column umoptions");

  @TempDir private static Path folder;
  private static ProxiedDemo demo;

  @BeforeAll
  static void start() throws IOException, SQLException {
    assumeThat(Psql.PROGRAM).as("psql of the package postgresql-client").exists();
    demo = ProxiedDemo.start();
    try (Connection owner = demo.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(resource("shop-setup.sql"));
    }
    demo.see(new TestRights().passUnknownTables(), "open");
  }

  @AfterAll
  static void stop() throws IOException {
    if (demo != null) {
      demo.close();
    }
  }

  static String resource(String name) throws IOException {
    try (InputStream stream = PsqlCommandsIT.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(stream, name).readAllBytes(), UTF_8);
    }
  }

  @Test
  void printsTheSameThroughTheProxy() throws IOException, InterruptedException {
    List<String> lines = resource("psql-commands.txt").lines().toList();
    Psql psql = new Psql(folder);

    Map<String, String> direct = psql.run(demo.proxy().database.port(), "app", "app", lines);
    Map<String, String> proxied =
        psql.run(demo.port(), ProxiedDemo.USER, TestProxy.PASSWORD, lines);

    assertThat(direct).hasSize(lines.size()).hasSizeGreaterThan(150);
    Map<String, String> different = new TreeMap<>();
    direct.forEach(
        (line, shown) -> {
          String other = TOLD_OTHERWISE.get(line.substring(line.indexOf(' ') + 1));
          String found = String.valueOf(proxied.get(line));
          if (other == null ? !shown.equals(found) : !found.startsWith(other)) {
            different.put(line, shown + "------ through the proxy\n" + found);
          }
        });
    assertThat(different).isEmpty();
  }

  /** A query of a completion that is refused completes nothing, and says nothing. */
  @Test
  void completesTheSameThroughTheProxy() throws IOException, InterruptedException {
    assumeThat(Psql.TERMINAL).as("script of the package bsdutils").exists();
    List<String> starts = resource("psql-completions.txt").lines().toList();
    Psql psql = new Psql(folder);

    List<String> direct = psql.complete(demo.proxy().database.port(), "app", "app", starts);
    List<String> proxied = psql.complete(demo.port(), ProxiedDemo.USER, TestProxy.PASSWORD, starts);

    assertThat(direct).hasSizeGreaterThan(starts.size());
    assertThat(proxied).isEqualTo(direct);
  }
}
