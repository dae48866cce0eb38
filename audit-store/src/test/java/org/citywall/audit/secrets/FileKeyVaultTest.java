// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.testing.MutableClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileKeyVaultTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path dataDir;

  private FileKeyVault open(Map<String, String> environment) {
    return FileKeyVault.open(dataDir, environment, Clock.systemUTC(), RANDOM);
  }

  @Test
  void keepsASigningKeyAcrossRestarts() throws Exception {
    SigningKey first = open(Map.of()).signingKey("checkpoint");
    SigningKey second = open(Map.of()).signingKey("checkpoint");

    byte[] message = "size 7".getBytes(StandardCharsets.UTF_8);
    Signature check = Signature.getInstance("Ed25519");
    check.initVerify(first.publicKey());
    check.update(message);

    assertThat(second.publicKey()).isEqualTo(first.publicKey());
    assertThat(check.verify(second.sign(message))).isTrue();
  }

  @Test
  void letsOnlyTheOwnerReadItsFiles() throws Exception {
    open(Map.of()).signingKey("checkpoint");

    Path keys = dataDir.resolve("keys");
    assertThat(permissions(keys)).isEqualTo("rwx------");
    assertThat(permissions(keys.resolve("vault.p12"))).isEqualTo("rw-------");
    assertThat(permissions(keys.resolve("passphrase"))).isEqualTo("rw-------");
  }

  @Test
  void refusesAPassphraseThatOthersMayRead() throws Exception {
    open(Map.of()).signingKey("checkpoint");
    Files.setPosixFilePermissions(
        dataDir.resolve("keys/passphrase"), PosixFilePermissions.fromString("rw-r--r--"));

    assertUnreadable(() -> open(Map.of()));
  }

  @Test
  void takesThePassphraseFromTheEnvironment() {
    Map<String, String> environment = Map.of(FileKeyVault.PASSPHRASE_VARIABLE, "correct horse");
    SigningKey key = open(environment).signingKey("checkpoint");

    assertThat(dataDir.resolve("keys/passphrase")).doesNotExist();
    assertThat(open(environment).signingKey("checkpoint").publicKey()).isEqualTo(key.publicKey());
    assertUnreadable(() -> open(Map.of(FileKeyVault.PASSPHRASE_VARIABLE, "wrong")));
    assertUnreadable(() -> open(Map.of()));
  }

  @Test
  void issuesACertificateThatATlsClientAccepts() throws Exception {
    TlsIdentity identity = open(Map.of()).serverIdentity("syslog", List.of("logs.example"));

    try (SSLServerSocket server =
            (SSLServerSocket)
                identity.serverContext().getServerSocketFactory().createServerSocket(0);
        SSLSocket client =
            (SSLSocket)
                trusting(identity.authorityPem())
                    .getSocketFactory()
                    .createSocket("localhost", server.getLocalPort())) {
      SSLParameters parameters = client.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      client.setSSLParameters(parameters);
      CompletableFuture<Integer> received =
          CompletableFuture.supplyAsync(
              () -> {
                try (SSLSocket accepted = (SSLSocket) server.accept()) {
                  return accepted.getInputStream().read();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      client.getOutputStream().write(42);

      assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(42);
    }
  }

  @Test
  void keepsTheCertificateUntilItIsAboutToExpireOrTheHostsChange() {
    MutableClock clock = MutableClock.at("2026-03-01T00:00:00Z");
    FileKeyVault vault = FileKeyVault.open(dataDir, Map.of(), clock, RANDOM);
    TlsIdentity first = vault.serverIdentity("ingest", List.of());
    TlsIdentity same = vault.serverIdentity("ingest", List.of());
    TlsIdentity moved = vault.serverIdentity("ingest", List.of("10.0.0.7"));
    clock.advance(Duration.ofDays(380));
    TlsIdentity renewed = vault.serverIdentity("ingest", List.of("10.0.0.7"));

    assertThat(same.chain()).isEqualTo(first.chain());
    assertThat(moved.chain().getFirst()).isNotEqualTo(first.chain().getFirst());
    assertThat(renewed.chain().getFirst()).isNotEqualTo(moved.chain().getFirst());
    assertThat(renewed.authorityPem()).isEqualTo(first.authorityPem());
  }

  @Test
  void issuesACertificateThatBothEndsAcceptFromEachOther() throws Exception {
    FileKeyVault vault = open(Map.of());
    TlsIdentity server = vault.serverIdentity("store", List.of());
    TlsIdentity client = vault.issueClientIdentity("collector-1");
    List<X509Certificate> authorities = List.of(server.chain().getLast());

    try (SSLServerSocket listener =
            (SSLServerSocket)
                server.mutualContext(authorities).getServerSocketFactory().createServerSocket(0);
        SSLSocket socket =
            (SSLSocket)
                client
                    .mutualContext(authorities)
                    .getSocketFactory()
                    .createSocket("localhost", listener.getLocalPort())) {
      listener.setNeedClientAuth(true);
      CompletableFuture<String> peer =
          CompletableFuture.supplyAsync(
              () -> {
                try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                  accepted.getInputStream().read();
                  return accepted.getSession().getPeerPrincipal().getName();
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      socket.getOutputStream().write(42);

      assertThat(peer.get(20, TimeUnit.SECONDS)).isEqualTo("CN=collector-1");
    }
    assertThat(client.authorityPem()).isEqualTo(server.authorityPem());
    assertThat(vault.issueClientIdentity("collector-1").chain().getFirst())
        .isNotEqualTo(client.chain().getFirst());
  }

  @Test
  void printsNoKey() {
    TlsIdentity identity = open(Map.of()).serverIdentity("syslog", List.of());

    assertThat(identity).hasToString("TlsIdentity[CN=citywall syslog]");
  }

  private static SSLContext trusting(String pem) throws Exception {
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void assertUnreadable(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(AuditErrorCode.KEYS_UNREADABLE));
  }
}
