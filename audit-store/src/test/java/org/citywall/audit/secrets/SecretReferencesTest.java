// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.secrets.KeyVaultContract.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferencesTest {

  /** Answers with what it was asked for. */
  private static final SecretStore ECHO =
      new SecretStore() {
        @Override
        public Sensitive<String> secret(String path, String key) {
          return Sensitive.of(path + " " + key);
        }

        @Override
        public LeasedLogin databaseLogin(String role) {
          throw new AssertionError("not asked for");
        }
      };

  @TempDir private Path folder;

  private SecretReferences references;

  @BeforeEach
  void writeConfiguration() throws IOException {
    references =
        new SecretReferences(
            write("proxy.yaml", "any", "rw-------"),
            Map.of("PGPASSWORD", "from the environment", "EMPTY", ""),
            Optional.of(ECHO));
  }

  @Test
  void readsAVariable() {
    assertThat(references.resolve("${env:PGPASSWORD}").reveal()).isEqualTo("from the environment");
  }

  @Test
  void readsAFileBesideTheConfigurationWithoutItsLastLineEnd() throws IOException {
    write("password", "two\nlines \r\n", "r--------");

    assertThat(references.resolve("${file:password}").reveal()).isEqualTo("two\nlines ");
    assertThat(references.resolve("${file:" + folder.resolve("password") + "}").reveal())
        .isEqualTo("two\nlines ");
  }

  @Test
  void asksTheStore() {
    assertThat(references.resolve("${vault:citywall/proxy#password}").reveal())
        .isEqualTo("citywall/proxy password");
    assertThat(references.resolve("${vault:a#b#c}").reveal()).isEqualTo("a#b c");
  }

  @Test
  void takesOtherTextForTheSecretItself() {
    assertThat(references.resolve("pa$$word").reveal()).isEqualTo("pa$$word");
    assertThat(references.resolve("$env:X").reveal()).isEqualTo("$env:X");
  }

  @Test
  void refusesASecretInAFileThatOthersMayRead() throws IOException {
    write("open", "secret", "rw-r-----");
    SecretReferences inOpenFile =
        new SecretReferences(
            write("open.yaml", "any", "rw-r--r--"), Map.of("A", "b"), Optional.empty());

    assertFails(AuditErrorCode.KEYS_UNREADABLE, () -> references.resolve("${file:open}"));
    assertFails(AuditErrorCode.KEYS_UNREADABLE, () -> inOpenFile.resolve("the secret itself"));
    assertThat(inOpenFile.resolve("${env:A}").reveal()).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${env:ABSENT}", "${env:EMPTY}", "${file:absent}", "${file:empty}"})
  void refusesWhatIsAbsentOrEmpty(String reference) throws IOException {
    write("empty", "\n", "rw-------");

    assertFails(AuditErrorCode.SECRET_MISSING, () -> references.resolve(reference));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${",
        "${}",
        "${env}",
        "${env:}",
        "${env:A",
        "${env:A}b",
        "${ldap:a}",
        "${env:${env:A}}",
        "${vault:a}",
        "${vault:#b}",
        "${vault:a#}"
      })
  void refusesWhatLooksLikeAReferenceAndIsNone(String reference) {
    assertFails(AuditErrorCode.SECRET_REFERENCE_INVALID, () -> references.resolve(reference));
  }

  @Test
  void refusesAFileThatIsTooLong() throws IOException {
    write("long", "a".repeat(65_537), "rw-------");

    assertFails(AuditErrorCode.SECRET_REFERENCE_INVALID, () -> references.resolve("${file:long}"));
  }

  @Test
  void refusesToAskAStoreThatIsNotConfigured() {
    SecretReferences alone =
        new SecretReferences(folder.resolve("proxy.yaml"), Map.of(), Optional.empty());

    assertFails(AuditErrorCode.SECRET_REFERENCE_INVALID, () -> alone.resolve("${vault:a#b}"));
  }

  @Test
  void printsNoSecret() {
    assertThat(references.resolve("${env:PGPASSWORD}")).hasToString("***");
  }

  private Path write(String name, String text, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
