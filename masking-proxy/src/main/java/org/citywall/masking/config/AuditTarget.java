// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where decisions are recorded.
 *
 * @param data folder of the local log
 * @param ingest where the log is shipped to; null where it stays
 */
public record AuditTarget(Path data, @Nullable Ingest ingest) {

  /**
   * A platform that takes events by mutual TLS.
   *
   * @param certificate PEM file
   * @param key PEM file
   * @param authority PEM file with the certificates that may have issued the platform's; null for
   *     those that the JVM trusts
   * @param token of the platform's ingest; null where the certificate is enough
   */
  public record Ingest(
      URI url,
      Path certificate,
      Path key,
      @Nullable Path authority,
      @Nullable ConfiguredSecret token) {}
}
