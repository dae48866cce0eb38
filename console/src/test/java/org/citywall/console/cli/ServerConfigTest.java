// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.citywall.audit.PlatformException;
import org.citywall.audit.retention.RetentionPolicy;
import org.citywall.audit.secrets.CryptoMachineSettings;
import org.citywall.audit.secrets.KeyVaultChoice;
import org.citywall.collect.TlsPolicy;
import org.citywall.collect.TlsPolicy.ClientCertificate;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.console.detection.RuleFolders;
import org.citywall.correlation.SigmaSet.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {

  @TempDir Path folder;

  @Test
  void asksNoSenderForACertificateUnlessToldTo() throws IOException {
    ServerConfig config = read("bind: 127.0.0.1\n");

    assertThat(config.tls()).isEqualTo(TlsPolicy.NONE);
    assertThat(config.relpTlsPort()).isEmpty();
    assertThat(config.hostNames()).isEmpty();
  }

  @Test
  void requiresCertificatesWhereAuthoritiesAreGivenBesideTheFile() throws IOException {
    ServerConfig config =
        read(
            """
            relp-tls-port: 2515
            host-names: [logs.example, 192.0.2.7]
            client-authorities: senders/authority.pem
            """);

    assertThat(config.tls().authorities()).isEqualTo(folder.resolve("senders/authority.pem"));
    assertThat(config.tls().syslog()).isEqualTo(ClientCertificate.REQUIRED);
    assertThat(config.tls().relp()).isEqualTo(ClientCertificate.REQUIRED);
    assertThat(config.tls().http()).isEqualTo(ClientCertificate.OFF);
    assertThat(config.relpTlsPort()).isEqualTo(OptionalInt.of(2515));
    assertThat(config.hostNames()).containsExactly("logs.example", "192.0.2.7");
  }

  @Test
  void letsEachPortDecideForItself() throws IOException {
    TlsPolicy tls =
        read("""
        client-authorities: authority.pem
        syslog-tls-clients: off
        relp-tls-clients: optional
        ingest-tls: true
        """)
            .tls();

    assertThat(tls.syslog()).isEqualTo(ClientCertificate.OFF);
    assertThat(tls.relp()).isEqualTo(ClientCertificate.OPTIONAL);
    assertThat(tls.http()).isEqualTo(ClientCertificate.REQUIRED);
    assertThat(tls.https()).isTrue();
  }

  @Test
  void findsTheFontOfReportsBesideTheFile() throws IOException {
    assertThat(read("report: {font: fonts/hei.ttf}").reportFont())
        .isEqualTo(folder.resolve("fonts/hei.ttf"));
    assertThat(read("bind: 127.0.0.1\n").reportFont()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "syslog-tls-clients: required",
        "client-authorities: a.pem\nrelp-tls-clients: sometimes",
        "client-authorities: a.pem\ningest-clients: required",
        "ingest-tls: maybe",
        "relp-tls-port: 70000",
        "relp-tls-clinets: off",
        "rules: sigmahq",
        "report: font.ttf",
        "report: {fonts: font.ttf}",
        "rules: {paths: sigmahq, flor: high}",
        "rules: {paths: sigmahq, floor: grave}"
      })
  void refusesAFileThatCannotBeMeant(String yaml) {
    assertThatThrownBy(() -> read(yaml)).isInstanceOf(PlatformException.class);
  }

  @Test
  void readsRulesBesideTheConfigurationAndBesideTheData() throws IOException {
    RuleFolders rules =
        read("data: d\nrules: {paths: [sigmahq, site], placeholders: lists.yml, floor: medium}\n")
            .rules();

    assertThat(rules.paths()).containsExactly(folder.resolve("sigmahq"), folder.resolve("site"));
    assertThat(rules.placeholders()).isEqualTo(folder.resolve("lists.yml"));
    assertThat(rules.floor()).isEqualTo(Level.MEDIUM);
    assertThat(rules.usual()).isEqualTo(Path.of("d").toAbsolutePath().resolve("rules"));
    assertThat(read("bind: 127.0.0.1").rules().floor()).isEqualTo(Level.HIGH);
  }

  @Test
  void keepsKeysInTheFileUnlessToldOtherwise() throws IOException {
    assertThat(ServerConfig.of(new ServerOptions(), null, "data").keys())
        .isEqualTo(new KeyVaultChoice.InFile());
    assertThat(read("bind: 127.0.0.1").keys()).isEqualTo(new KeyVaultChoice.InFile());
  }

  @Test
  void readsWhereKeysAreKeptBesideTheConfiguration() throws IOException {
    ServerConfig config =
        read(
            """
            keys:
              vault: crypto-machine
              library: /usr/lib/softhsm/libsofthsm2.so
              token: city
              pin: pin
            """);

    assertThat(config.keys())
        .isEqualTo(
            new KeyVaultChoice.InCryptoMachine(
                CryptoMachineSettings.of(
                    Path.of("/usr/lib/softhsm/libsofthsm2.so"), "city", folder.resolve("pin"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"keys: vault", "keys: {vault: cloud}", "keys: {vault: vault}", "keys: {pin: 1}"})
  void refusesAVaultThatItDoesNotUnderstand(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(CliErrorCode.CONFIGURATION_INVALID));
  }

  @Test
  void keepsPlainHttpOnLoopback() throws IOException {
    assertThat(read("bind: 0.0.0.0").consoleTls()).isNull();
    assertThat(read("console-bind: '::1'").consoleTls()).isNull();
    assertThat(read("console-tls: true").consoleTls()).isEqualTo(ConsoleTls.ISSUED);
    assertThat(read("console-bind: 0.0.0.0").consoleTls()).isEqualTo(ConsoleTls.ISSUED);
  }

  @Test
  void showsBrowsersTheCertificateThatIsGiven() throws IOException {
    ServerConfig config =
        read("console-bind: 192.0.2.1\nconsole-certificate: tls/a.pem\nconsole-key: tls/a.key");

    assertThat(config.consoleTls())
        .isEqualTo(new ConsoleTls(folder.resolve("tls/a.pem"), folder.resolve("tls/a.key")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "console-bind: 0.0.0.0\nconsole-tls: false",
        "console-certificate: a.pem\nconsole-key: a.key\nconsole-tls: false",
        "console-certificate: a.pem",
        "console-key: a.key",
        "console-tls: maybe",
        "console-bind: no.such.host.invalid"
      })
  void refusesAConsoleThatWouldTellPasswordsToTheNetwork(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(CliErrorCode.CONFIGURATION_INVALID));
  }

  @Test
  void keepsPayloadsThreeYearsUnlessToldOtherwise() throws IOException {
    assertThat(read("bind: 127.0.0.1").retention()).isEqualTo(RetentionPolicy.DEFAULT);
    assertThat(
            read("""
            retention:
              days: 365
              groups: {330100-MZJ: 1825}
              approval-days: 3
            """)
                .retention())
        .isEqualTo(new RetentionPolicy(365, Map.of("330100-MZJ", 1825), 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "retention: 365",
        "retention: {days: 179}",
        "retention: {days: half a year}",
        "retention: {groups: {a: 1}}",
        "retention: {groups: [a]}",
        "retention: {approval-days: 31}",
        "retention: {months: 6}"
      })
  void refusesAPolicyThatKeepsPayloadsTooShortOrCannotBeMeant(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(CliErrorCode.CONFIGURATION_INVALID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checks: waivers.txt",
        "checks: {waivers: waivers.txt}",
        "checks: {signers: signers.txt}",
        "checks: {waivers: w, signers: s, trust: all}"
      })
  void refusesChecksThatCannotBeMeant(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(CliErrorCode.CONFIGURATION_INVALID));
  }

  @Test
  void countsNoWaiverOfAFileThatNobodySigned() throws IOException {
    assertThat(read("bind: 127.0.0.1").checks().read().toList()).isEmpty();
    Files.writeString(folder.resolve("waivers.txt"), "waivers: []\n");
    Files.writeString(folder.resolve("signers.txt"), "# nobody\n");
    ServerConfig config = read("checks: {waivers: waivers.txt, signers: signers.txt}");

    assertThatThrownBy(() -> config.checks().read())
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.WAIVERS_UNSIGNED));
  }

  private ServerConfig read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("citywall.yaml"), yaml);
    return ServerConfig.of(new ServerOptions(), file, "citywall-data");
  }
}
