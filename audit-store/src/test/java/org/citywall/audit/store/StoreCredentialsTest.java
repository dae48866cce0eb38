// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.store.StoreAccessTest.assertRefused;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.secrets.TlsIdentity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreCredentialsTest {

  @TempDir private Path parent;

  private final TlsIdentity identity = TestStore.identity("someone");
  private Path folder;

  @BeforeEach
  void write() {
    folder = parent.resolve("someone");
    StoreCredentials.write(folder, identity, TestStore.key());
  }

  @Test
  void readsBackWhatWasWritten() {
    StoreCredentials read = StoreCredentials.read(folder);

    assertThat(read.identity()).isEqualTo(identity);
    assertThat(read.authorities()).isEqualTo(TestStore.authorities());
    assertThat(read.logKey()).isEqualTo(TestStore.key());
    assertThat(StoreCredentials.certificate(folder)).isEqualTo(identity.chain().getFirst());
  }

  @Test
  void letsOnlyTheOwnerReadTheKey() throws Exception {
    Path key = folder.resolve("key.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));

    assertRefused(AuditErrorCode.KEYS_UNREADABLE, () -> StoreCredentials.read(folder));
  }

  @Test
  void replacesWhatWasThere() {
    TlsIdentity next = TestStore.identity("someone-else");

    StoreCredentials.write(folder, next, TestStore.key());

    assertThat(StoreCredentials.read(folder).identity()).isEqualTo(next);
  }

  @Test
  void refusesFilesThatAreMissingOrSomethingElse() throws Exception {
    for (String name : List.of("certificate.pem", "key.pem", "authority.pem")) {
      for (String bad : List.of("", "nothing", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END")) {
        Files.writeString(folder.resolve(name), bad);
        assertRefused(AuditErrorCode.KEYS_UNREADABLE, () -> StoreCredentials.read(folder));
      }
      Files.delete(folder.resolve(name));
      assertRefused(AuditErrorCode.KEYS_UNREADABLE, () -> StoreCredentials.read(folder));
      write();
    }
    Files.writeString(folder.resolve("log-key"), "not a key");
    assertRefused(AuditErrorCode.NOTE_MALFORMED, () -> StoreCredentials.read(folder));
  }

  @Test
  void readsAKeyOfAnotherAuthoritysTools() throws Exception {
    // As openssl writes it: other headers around, longer lines within.
    String key = Files.readString(folder.resolve("key.pem"));
    String body = key.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    Files.writeString(
        folder.resolve("key.pem"),
        "Bag Attributes\n-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");

    assertThat(StoreCredentials.read(folder).identity()).isEqualTo(identity);
  }
}
