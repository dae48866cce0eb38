// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.anchor.AnchorPolicy;
import org.citywall.audit.anchor.AnchorSettings;
import org.jspecify.annotations.Nullable;

/** What {@code citywall.yaml} says about anchoring the evidence log. */
final class AnchorConfig {

  static final Set<String> KEYS =
      Set.of(
          "anchor-policy",
          "anchor-interval",
          "anchor-copy",
          "anchor-copy-segments",
          "anchor-tls-roots");

  private AnchorConfig() {}

  /**
   * The settings, or null where the log is anchored by nobody.
   *
   * @param folder that relative file names are meant in
   */
  static @Nullable AnchorSettings of(Map<String, Object> yaml, Path folder) {
    Object policy = yaml.get("anchor-policy");
    Object copy = yaml.get("anchor-copy");
    if (policy == null && copy == null) {
      return null;
    }
    AnchorSettings settings =
        AnchorSettings.of(
            policy == null ? null : AnchorPolicy.read(folder.resolve(policy.toString())),
            copy == null ? null : folder.resolve(copy.toString()));
    Object interval = yaml.get("anchor-interval");
    if (interval != null) {
      try {
        settings = settings.withInterval(AnchorPolicy.period(interval.toString()));
      } catch (IllegalArgumentException e) {
        throw new PlatformException(
            CliErrorCode.CONFIGURATION_INVALID, "anchor-interval: " + e.getMessage(), e);
      }
    }
    Object tlsRoots = yaml.get("anchor-tls-roots");
    if (tlsRoots != null) {
      settings = settings.withTlsRoots(folder.resolve(tlsRoots.toString()));
    }
    return settings.withSegments(flag(yaml));
  }

  private static boolean flag(Map<String, Object> yaml) {
    Object value = yaml.getOrDefault("anchor-copy-segments", false);
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw new PlatformException(
        CliErrorCode.CONFIGURATION_INVALID, "anchor-copy-segments must be true or false");
  }
}
