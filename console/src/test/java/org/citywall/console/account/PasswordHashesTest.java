// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.citywall.audit.secrets.Sensitive;
import org.junit.jupiter.api.Test;

class PasswordHashesTest {

  private final PasswordHashes hashes = new PasswordHashes();

  @Test
  void knowsAPasswordByItsHash() {
    String hash = hashes.hash(Sensitive.of("correct horse"));

    assertThat(hashes.matches(Sensitive.of("correct horse"), Optional.of(hash))).isTrue();
    assertThat(hashes.matches(Sensitive.of("battery staple"), Optional.of(hash))).isFalse();
  }

  @Test
  void pretendsWithTheParametersOfRealHashes() {
    String hash = hashes.hash(Sensitive.of("correct horse"));

    assertThat(parameters(PasswordHashes.DECOY)).isEqualTo(parameters(hash));
    assertThat(hashes.matches(Sensitive.of("correct horse"), Optional.empty())).isFalse();
  }

  /** Everything before the salt, and how long salt and hash are. */
  private static String parameters(String hash) {
    String[] parts = hash.split("\\$");
    return String.join("$", parts[1], parts[2], parts[3])
        + ' '
        + parts[4].length()
        + ' '
        + parts[5].length();
  }
}
