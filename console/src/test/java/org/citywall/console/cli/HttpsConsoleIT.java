// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.citywall.audit.secrets.PemIdentity;
import org.citywall.console.testing.Browser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console as people on other machines reach it. */
class HttpsConsoleIT {

  @TempDir Path folder;

  @Test
  void answersOverTlsOnlyWhereOthersCanReachIt() throws Exception {
    Path data = folder.resolve("data");
    try (ServerProcess server = ServerProcess.start("up", data, "--console-bind", "0.0.0.0")) {
      URI address = URI.create(server.part("console"));
      assertThat(address.getScheme()).isEqualTo("https");
      assertThat(address.getHost()).isEqualTo("localhost");

      SSLContext trust = trusting(new DataFolder(data).authority());
      try (Browser browser = new Browser(address, trust)) {
        HttpResponse<String> page = browser.get("/login");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Strict-Transport-Security")).isPresent();
        browser.logIn("admin", oneTimePassword(server));
        HttpResponse<String> inside = browser.get("/password");
        assertThat(inside.statusCode()).isEqualTo(200);
      }
      try (Browser plain = new Browser(URI.create("http://localhost:" + address.getPort()))) {
        assertThat(plain.get("/login").statusCode()).isEqualTo(400);
        assertThat(plain.logIn("admin", "whatever").headers().map())
            .doesNotContainKey("set-cookie");
      }
      try (Browser stranger = new Browser(address)) {
        assertThatThrownBy(() -> stranger.get("/login"))
            .isInstanceOf(UncheckedIOException.class)
            .hasRootCauseInstanceOf(java.security.cert.CertPathBuilderException.class);
      }
      assertThatThrownBy(() -> shakeHands(trust, address.getPort(), "TLSv1.1"))
          .isInstanceOf(SSLHandshakeException.class);
      assertThat(shakeHands(trust, address.getPort(), "TLSv1.3")).isEqualTo("TLSv1.3");
    }
  }

  @Test
  void marksItsCookiesForTlsOnly() throws Exception {
    Path data = folder.resolve("data");
    Path yaml = Files.writeString(folder.resolve("citywall.yaml"), "console-tls: true\n");
    try (ServerProcess server = ServerProcess.start("up", data, "--config", yaml.toString())) {
      URI address = URI.create(server.part("console"));
      try (Browser browser = new Browser(address, trusting(new DataFolder(data).authority()))) {
        HttpResponse<String> in = browser.logIn("admin", oneTimePassword(server));

        List<String> cookies = in.headers().allValues("Set-Cookie");
        assertThat(cookies).isNotEmpty().allMatch(cookie -> cookie.contains("Secure"));
        assertThat(cookies).allMatch(cookie -> cookie.contains("SameSite=Strict"));
      }
    }
  }

  private static String oneTimePassword(ServerProcess server) {
    return server.output().stream()
        .filter(line -> line.contains("one-time-password="))
        .map(line -> line.substring(line.indexOf("one-time-password=") + 18))
        .findFirst()
        .orElseThrow();
  }

  private static SSLContext trusting(Path authority) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (X509Certificate certificate : PemIdentity.certificates(authority)) {
      trusted.setCertificateEntry("authority", certificate);
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static String shakeHands(SSLContext trust, int port, String version) throws Exception {
    try (SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket("localhost", port)) {
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      return socket.getSession().getProtocol();
    }
  }
}
