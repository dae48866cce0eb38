// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A real Vault in a container, set up as the operator's guide says, with the policy that is
 * published there, and a PostgreSQL in which it makes logins.
 */
final class VaultContainer implements AutoCloseable {

  private static final DockerImageName VAULT = DockerImageName.parse("hashicorp/vault:1.20");
  private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:17-alpine");
  private static final int TLS_PORT = 8300;
  private static final String ADMINISTRATOR = "root-of-the-test";

  /** Beside the listener of the development mode, which is not encrypted. */
  private static final String TLS_LISTENER =
      "{\"listener\":[{\"tcp\":{\"address\":\"0.0.0.0:8300\","
          + "\"tls_cert_file\":\"/vault/tls.crt\",\"tls_key_file\":\"/vault/tls.key\"}}]}";

  private final Network network = Network.newNetwork();
  private final GenericContainer<?> vault;
  private final GenericContainer<?> postgres;
  private final TlsIdentity identity = VaultStub.identity();

  VaultContainer() {
    postgres =
        new GenericContainer<>(POSTGRES)
            .withNetwork(network)
            .withNetworkAliases("db")
            .withEnv("POSTGRES_PASSWORD", "postgres")
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 2));
    vault =
        new GenericContainer<>(VAULT)
            .withNetwork(network)
            .withExposedPorts(TLS_PORT)
            .withEnv("VAULT_DEV_ROOT_TOKEN_ID", ADMINISTRATOR)
            .withEnv("VAULT_LOCAL_CONFIG", TLS_LISTENER)
            .withEnv("VAULT_ADDR", "http://127.0.0.1:8200")
            .withEnv("VAULT_TOKEN", ADMINISTRATOR)
            .withCopyToContainer(Transferable.of(identity.chainPem(), 0644), "/vault/tls.crt")
            .withCopyToContainer(Transferable.of(keyPem(), 0644), "/vault/tls.key")
            .waitingFor(Wait.forLogMessage(".*Vault server started.*", 1));
  }

  void start() throws IOException {
    postgres.start();
    vault.start();
    String policy =
        Files.readString(Path.of("..", "docs", "operate", "vault-policy.hcl"))
            .replace("/citywall/", "/+/"); // a prefix for each test
    vault.copyFileToContainer(Transferable.of(policy, 0644), "/tmp/policy.hcl");
    vault("secrets", "enable", "transit");
    vault("secrets", "enable", "-path=kv", "-version=2", "kv");
    vault("secrets", "enable", "database");
    vault("auth", "enable", "approle");
    vault("policy", "write", "citywall", "/tmp/policy.hcl");
    vault("write", "auth/approle/role/citywall", "token_policies=citywall", "token_ttl=20m");
    vault(
        "write",
        "database/config/city",
        "plugin_name=postgresql-database-plugin",
        "allowed_roles=readonly",
        "connection_url=postgresql://{{username}}:{{password}}@db:5432/postgres?sslmode=disable",
        "username=postgres",
        "password=postgres");
    vault(
        "write",
        "database/roles/readonly",
        "db_name=city",
        "creation_statements=CREATE ROLE \"{{name}}\" WITH LOGIN PASSWORD '{{password}}'"
            + " VALID UNTIL '{{expiration}}';",
        "default_ttl=5m",
        "max_ttl=1h");
  }

  /** Settings with the files they name in this folder. */
  VaultSettings settings(Path folder) {
    VaultFiles files = new VaultFiles(folder);
    files.write("authority.pem", identity.authorityPem());
    files.writeSecretId(
        vault("write", "-f", "-field=secret_id", "auth/approle/role/citywall/secret-id"));
    return VaultSettings.of(
        URI.create("https://" + vault.getHost() + ":" + vault.getMappedPort(TLS_PORT)),
        folder.resolve("authority.pem"),
        vault("read", "-field=role_id", "auth/approle/role/citywall/role-id"),
        folder.resolve("secret-id"));
  }

  /** The output of a command of Vault's administrator. */
  String vault(String... arguments) {
    return run(vault, "vault", arguments);
  }

  /** Whether the database knows this login. */
  boolean databaseKnows(String user) {
    String query = "SELECT count(*) FROM pg_roles WHERE rolname = '" + user + "'";
    return run(postgres, "psql", "-U", "postgres", "-tAc", query).equals("1");
  }

  private static String run(GenericContainer<?> container, String program, String... arguments) {
    String[] command = new String[arguments.length + 1];
    command[0] = program;
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    try {
      Container.ExecResult result = container.execInContainer(command);
      if (result.getExitCode() != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + result.getStderr());
      }
      return result.getStdout().strip();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private String keyPem() {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(identity.key().getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  @Override
  public void close() {
    List.of(vault, postgres).forEach(GenericContainer::stop);
    network.close();
  }
}
