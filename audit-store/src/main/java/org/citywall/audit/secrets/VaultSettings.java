// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where HashiCorp Vault, or OpenBao, is and who we are there.
 *
 * @param address {@code https://HOST:PORT}, without a path
 * @param authority PEM file with the certificates that may have issued Vault's; no other is trusted
 * @param roleId role of the AppRole method; not a secret
 * @param secretId file with the role's secret, which only its owner can read; read at each log-in,
 *     so that a new one can be put there while we run
 * @param mounts where the engines are mounted
 * @param prefix begins the names of our transit keys, {@code PREFIX-sign-checkpoint}, and the path
 *     of our secrets
 * @param timeout of one request, at least a second
 */
public record VaultSettings(
    URI address,
    Path authority,
    String roleId,
    Path secretId,
    Mounts mounts,
    String prefix,
    Duration timeout) {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  /**
   * Paths of engines, without slashes at the ends.
   *
   * @param appRole below {@code auth/}
   * @param kv a key-value engine of version 2
   */
  public record Mounts(String appRole, String transit, String kv, String database) {

    /** The paths that Vault's own documents use, and {@code kv}. */
    public static final Mounts DEFAULT = new Mounts("approle", "transit", "kv", "database");
  }

  public VaultSettings {
    if (!"https".equals(address.getScheme()) || address.getHost() == null) {
      throw new IllegalArgumentException("Vault is reached by https only: " + address);
    }
    if (timeout.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a time limit below a second: " + timeout);
    }
    KeySlot.requireName(prefix);
  }

  /** With the usual mounts, the prefix {@code citywall} and a limit of ten seconds. */
  public static VaultSettings of(URI address, Path authority, String roleId, Path secretId) {
    return new VaultSettings(
        address, authority, roleId, secretId, Mounts.DEFAULT, "citywall", DEFAULT_TIMEOUT);
  }

  public VaultSettings withMounts(Mounts other) {
    return new VaultSettings(address, authority, roleId, secretId, other, prefix, timeout);
  }

  public VaultSettings withPrefix(String other) {
    return new VaultSettings(address, authority, roleId, secretId, mounts, other, timeout);
  }

  public VaultSettings withTimeout(Duration limit) {
    return new VaultSettings(address, authority, roleId, secretId, mounts, prefix, limit);
  }
}
