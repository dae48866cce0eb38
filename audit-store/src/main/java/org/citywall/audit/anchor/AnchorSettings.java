// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a running log is anchored.
 *
 * @param policy who is asked: those of it that have a URL; null to ask nobody
 * @param interval time between two acts; each makes one entry
 * @param copy folder that the tree is copied to, or null
 * @param copySegments whether the records themselves go there too, a segment when it is closed
 * @param tls trust for HTTPS, or null for that of the JDK
 * @param limit of one question, from the first byte sent to the last received
 * @param retry pause before a target that failed is asked again; it doubles up to the interval
 */
public record AnchorSettings(
    @Nullable AnchorPolicy policy,
    Duration interval,
    @Nullable Path copy,
    boolean copySegments,
    @Nullable SSLContext tls,
    Duration limit,
    Duration retry) {

  /** One act an hour, answers within 30 s, the first retry after 30 s. */
  public static AnchorSettings of(@Nullable AnchorPolicy policy, @Nullable Path copy) {
    return new AnchorSettings(
        policy,
        Duration.ofHours(1),
        copy,
        false,
        null,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30));
  }

  public AnchorSettings withInterval(Duration time) {
    return new AnchorSettings(policy, time, copy, copySegments, tls, limit, retry);
  }

  public AnchorSettings withSegments(boolean copied) {
    return new AnchorSettings(policy, interval, copy, copied, tls, limit, retry);
  }

  /** Trusts these roots for HTTPS, a PEM file; {@code AUD-0060} where it cannot be read. */
  public AnchorSettings withTlsRoots(Path pem) {
    return new AnchorSettings(
        policy, interval, copy, copySegments, AnchorHttp.trusting(pem), limit, retry);
  }

  public AnchorSettings withLimits(Duration answer, Duration firstRetry) {
    return new AnchorSettings(policy, interval, copy, copySegments, tls, answer, firstRetry);
  }
}
