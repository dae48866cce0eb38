// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.nio.file.Path;

/**
 * Where a crypto machine with a PKCS#11 library is.
 *
 * @param library the shared library of its maker
 * @param tokenLabel label of the token whose keys are used
 * @param pin file with the PIN of the token's user, which only its owner can read
 * @param prefix begins the labels of our keys, {@code PREFIX-sign-checkpoint}
 */
public record CryptoMachineSettings(Path library, String tokenLabel, Path pin, String prefix) {

  public CryptoMachineSettings {
    KeySlot.requireName(prefix);
    if (library.toString().chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
      throw new IllegalArgumentException("a path without quotes and backslashes: " + library);
    }
  }

  /** With the prefix {@code citywall}. */
  public static CryptoMachineSettings of(Path library, String tokenLabel, Path pin) {
    return new CryptoMachineSettings(library, tokenLabel, pin, "citywall");
  }
}
