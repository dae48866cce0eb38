// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.masking.sql.TestRights;
import org.citywall.masking.sql.postgres.PostgresAnalyser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireTlsTest {

  @TempDir private Path folder;

  private SslContext context() throws Exception {
    FileKeyVault vault = FileKeyVault.open(folder, Map.of(), Clock.systemUTC(), new SecureRandom());
    TlsIdentity identity = vault.serverIdentity("proxy", List.of("127.0.0.1"));
    Files.writeString(folder.resolve("authority.pem"), identity.authorityPem());
    return SslContextBuilder.forServer(
            identity.key(), identity.chain().toArray(new X509Certificate[0]))
        .build();
  }

  @Test
  void takesClientsOverTlsOnlyWhereThatIsAskedFor() throws Exception {
    assumeThat(PostgresAnalyser.installed()).as("the library of libpg-query1504.0").isPresent();
    SslContext context = context();
    String authority = "sslrootcert=" + folder.resolve("authority.pem");
    try (TestProxy required = new TestProxy(WireLimits.DEFAULT, new WireTls(context, true), true)) {
      required.with("ana", TestRights.ofMore());

      assertThatThrownBy(() -> required.connect("ana", "sslmode=disable"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("MSK-0066");
      try (Connection ana = required.connect("ana", "sslmode=verify-full", authority);
          Statement statement = ana.createStatement();
          ResultSet row = statement.executeQuery("SELECT phone FROM person LIMIT 1")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).contains("****");
      }
    }
  }
}
