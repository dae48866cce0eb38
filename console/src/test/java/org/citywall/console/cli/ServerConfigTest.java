// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.CryptoMachineSettings;
import org.citywall.audit.secrets.KeyVaultChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerConfigTest {

  @TempDir private Path folder;

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

  private ServerConfig read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("citywall.yaml"), yaml);
    return ServerConfig.of(new ServerOptions(), file, "data");
  }
}
