// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.TestEvents;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreAccessTest {

  private static final String NOTE = "attempt 1 of a";

  @TempDir private static Path folder;

  private static TestStore store;

  @BeforeAll
  static void start() {
    store = TestStore.start(folder.resolve("store"));
    store.log().append(TestEvents.range("a", 1, 3));
    store.log().signCheckpoint();
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  @Test
  void answersNobodyWithoutACertificate() throws Exception {
    SSLContext anonymous = trustingOnly();

    try (RawClient client = RawClient.of(store, anonymous)) {
      assertThatThrownBy(() -> client.get("/v1/size")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void answersNobodyWhoseCertificateAnotherAuthorityIssued() {
    TlsIdentity stranger = vault("other").issueClientIdentity(TestStore.CONSOLE);

    try (RawClient client = RawClient.of(store, stranger)) {
      assertThatThrownBy(() -> client.get("/v1/size")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void takesNoServersCertificateForAClients() {
    try (RawClient client = RawClient.of(store, TestStore.serverIdentity())) {
      assertThatThrownBy(() -> client.get("/v1/size")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void answersNobodyWhoseCertificateIsOutOfDate() {
    MutableClock past = MutableClock.at(Clock.systemUTC().instant().minus(Duration.ofDays(500)));
    FileKeyVault vault =
        FileKeyVault.open(folder.resolve("past"), Map.of(), past, new SecureRandom());
    TlsIdentity old = vault.issueClientIdentity(TestStore.CONSOLE);
    StoreServerConfig trustsIt =
        new StoreServerConfig(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            TestStore.serverIdentity(),
            List.of(old.chain().getLast()),
            TestStore.ACCESS,
            StoreLimits.DEFAULT);

    try (StoreServer server = StoreServer.start(trustsIt, store.log(), Clock.systemUTC());
        RemoteLog log =
            RemoteLog.open(
                new RemoteLogOptions(
                        URI.create("https://127.0.0.1:" + server.address().getPort()),
                        old,
                        TestStore.authorities(),
                        TestStore.key(),
                        folder.resolve("past/remembered"))
                    .withTimes(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(60)))) {
      // In TLS 1.3 the refusal comes behind the handshake, and a closed connection may overtake it.
      assertThatThrownBy(log::size)
          .isInstanceOfSatisfying(
              PlatformException.class,
              e ->
                  assertThat(e.code())
                      .isIn(AuditErrorCode.STORE_TLS_FAILED, AuditErrorCode.STORE_UNREACHABLE));
    }
  }

  @Test
  void refusesAStoreWhoseCertificateAnotherAuthorityIssued() {
    RemoteLogOptions options = store.options(TestStore.CONSOLE);
    RemoteLogOptions suspicious =
        new RemoteLogOptions(
            options.store(),
            options.identity(),
            List.of(vault("other").serverIdentity("store", List.of()).chain().getLast()),
            options.logKey(),
            folder.resolve("suspicious"));

    try (RemoteLog log = RemoteLog.open(suspicious)) {
      assertRefused(AuditErrorCode.STORE_TLS_FAILED, log::size);
    }
  }

  @Test
  void deniesEverythingToAClientThatIsNotListed() {
    try (RemoteLog log = store.client("unknown")) {
      assertRefused(AuditErrorCode.STORE_DENIED, log::size);
      assertRefused(AuditErrorCode.STORE_DENIED, () -> log.read(0));
      assertRefused(AuditErrorCode.STORE_DENIED, () -> log.append(TestEvents.range("x", 1, 1)));
      assertRefused(AuditErrorCode.STORE_DENIED, log::checkpoint);
    }
  }

  @Test
  void letsACollectorAppendAndNothingElse() throws Exception {
    try (RemoteLog log = store.client(TestStore.COLLECTOR);
        RawClient raw = RawClient.of(store, TestStore.COLLECTOR)) {
      assertThat(log.append(TestEvents.range("append-only", 1, 1))).hasSize(1);

      assertRefused(AuditErrorCode.STORE_DENIED, () -> log.read(0, 10));
      assertRefused(AuditErrorCode.STORE_DENIED, log::signCheckpoint);
      for (String path :
          List.of("/checkpoint", "/tile/0/000.p/3", "/v1/tree", "/v1/proof?leaf=0")) {
        assertThat(raw.get(path).statusCode()).as(path).isEqualTo(403);
      }
    }
  }

  @Test
  void letsACollectorSayNothingInThePlatformsName() {
    try (RemoteLog collector = store.client(TestStore.COLLECTOR);
        RemoteLog console = store.client(TestStore.CONSOLE)) {
      for (EntryKind kind :
          List.of(EntryKind.STATE_CHANGE, EntryKind.CONTROL, EntryKind.RETENTION)) {
        List<Entry> forged =
            List.of(
                TestEvents.at("forger", 1, 1),
                new Entry(kind, TestEvents.at("forger", 2, 1 + kind.code()).event()));

        assertRefused(AuditErrorCode.STORE_DENIED, () -> collector.append(forged));
        assertThat(console.append(List.of(forged.getLast()))).hasSize(1);
      }
      assertThat(store.log().read(0, 1000))
          .noneMatch(
              entry ->
                  entry.event().position().source().equals("forger")
                      && entry.event().position().epoch() == 1);
    }
  }

  @Test
  void holdsACollectorToItsOwnSources() {
    try (RemoteLog log = store.client(TestStore.SYSLOG_ONLY)) {
      assertThat(log.append(TestEvents.range("syslog/gw-01", 1, 1))).hasSize(1);
      assertRefused(
          AuditErrorCode.STORE_DENIED, () -> log.append(TestEvents.range("http/app", 1, 1)));
    }
  }

  @Test
  void letsAReaderReadAndNotAppend() {
    try (RemoteLog log = store.client(TestStore.READER)) {
      assertThat(log.read(0, 3)).hasSize(3);
      assertThat(log.prove(0).leaf()).isZero();
      assertRefused(AuditErrorCode.STORE_DENIED, () -> log.append(TestEvents.range("x", 1, 1)));
      assertRefused(AuditErrorCode.STORE_DENIED, log::signCheckpoint);
    }
  }

  @Test
  void showsAnAuditorEveryProofAndNoPayload() throws Exception {
    try (RawClient auditor = RawClient.of(store, TestStore.AUDITOR)) {
      assertThat(auditor.get("/v1/entries?from=0&max=1").statusCode()).isEqualTo(403);
      for (String path :
          List.of(
              "/checkpoint",
              "/tile/0/000.p/3",
              "/tile/entries/000.p/3",
              "/v1/tree?from=0&to=3",
              "/v1/proof?leaf=0",
              "/v1/size")) {
        var answer = auditor.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1)).doesNotContain(NOTE);
      }
    }
  }

  @Test
  void recordsADenialOnceInAWhile() {
    TlsIdentity pushy = TestStore.identity("pushy");
    try (RawClient client = RawClient.of(store, pushy)) {
      IntStream.range(0, 5).forEach(i -> denied(client));
    }

    List<LoggedEntry> denials =
        store.log().read(0, 10_000).stream()
            .filter(entry -> "pushy".equals(entry.event().text(Field.GOV_ORIGIN_ID)))
            .toList();
    assertThat(denials).hasSize(1);
    assertThat(denials.getFirst().event().text(Field.EVENT_ACTION)).isEqualTo("store-denied");
    assertThat(denials.getFirst().event().text(Field.SOURCE_IP)).isEqualTo("127.0.0.1");
  }

  private static void denied(RawClient client) {
    try {
      assertThat(client.get("/v1/entries?from=0&max=1").statusCode()).isEqualTo(403);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesNamesThatCouldBeMistaken() {
    for (String name : List.of("", "a b", "a,CN=b", "ünicode", "x".repeat(65))) {
      assertThatThrownBy(() -> new StoreAccess(Map.of(name, StoreAccess.Rights.of())))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> TestStore.identity(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static FileKeyVault vault(String name) {
    return FileKeyVault.open(folder.resolve(name), Map.of(), Clock.systemUTC(), new SecureRandom());
  }

  /** A context that trusts the store and shows nothing. */
  private static SSLContext trustingOnly() throws Exception {
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("store", TestStore.authorities().getFirst());
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  static void assertRefused(AuditErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(PlatformException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
