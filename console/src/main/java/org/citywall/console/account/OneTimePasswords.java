// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.util.random.RandomGenerator;
import org.citywall.audit.secrets.Sensitive;

/** Makes passwords that are good for one log-in: 20 characters, about 98 bits, easy to read out. */
final class OneTimePasswords {

  private static final int LENGTH = 20;
  private static final int GROUP = 5;

  /** Without 0, 1, I, O and l, which look like each other. */
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

  private final RandomGenerator random;

  OneTimePasswords(RandomGenerator random) {
    this.random = random;
  }

  Sensitive<String> next() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      if (i > 0 && i % GROUP == 0) {
        password.append('-');
      }
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return Sensitive.of(password.toString());
  }
}
