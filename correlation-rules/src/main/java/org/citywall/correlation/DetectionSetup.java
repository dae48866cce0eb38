// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;

/**
 * What an engine reasons with. Two engines with equal setups say the same about the same entries.
 *
 * @param rules the rules in force; the version names each rule with its own version
 * @param context the context in force
 */
public record DetectionSetup(Part rules, Part context) {

  /**
   * A part of a setup.
   *
   * @param version name of this state, as people wrote it
   * @param digest SHA-256 of its content in hexadecimal
   */
  public record Part(String version, String digest) {}

  static DetectionSetup of(RulePack pack, SigmaSet sigma, Context context) {
    return new DetectionSetup(of(pack, sigma), of(context));
  }

  static Part of(Context context) {
    return new Part(context.version(), context.digest());
  }

  /** The rules in force; without Sigma rules what the pack says of itself. */
  static Part of(RulePack pack, SigmaSet sigma) {
    return sigma.isEmpty()
        ? new Part(pack.version(), pack.digest())
        : new Part(
            pack.version() + ' ' + sigma.version(),
            Digest.ofJson(List.of(pack.digest(), sigma.digest())));
  }
}
