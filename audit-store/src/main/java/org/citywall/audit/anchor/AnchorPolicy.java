// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/**
 * Which log is anchored, who outside vouches for it, and how much of that is enough. Read from a
 * file of the C2SP tlog-policy format; what that format has no words for stands in its comment
 * lines (see the package documentation).
 *
 * @param logs keys of the logs it is about; empty where the log is known from elsewhere
 * @param authorities time-stamping authorities (RFC 3161) that are trusted
 * @param tokens how many of them have to stamp and how often; null where there is none
 * @param newest how old the newest checkpoint with a quorum may be; null where it does not matter
 * @param since from when on tokens are demanded; null for the first anchor on
 */
public record AnchorPolicy(
    List<VerifierKey> logs,
    List<Witness> witnesses,
    Quorum quorum,
    List<Authority> authorities,
    @Nullable TokenRule tokens,
    @Nullable Duration newest,
    @Nullable Instant since) {

  /**
   * A witness that is known.
   *
   * @param name name in the policy, without meaning outside of it
   * @param url submission prefix (C2SP tlog-witness); null where it is reached by hand
   */
  public record Witness(String name, WitnessKey key, @Nullable URI url) {}

  /**
   * A time-stamping authority that is trusted.
   *
   * @param name name in the policy and in file names: 1 to 64 of {@code a-z 0-9 - .}
   * @param url where it is asked; null where it is not
   * @param imprint digest of the requests that are sent to it
   */
  public record Authority(String name, @Nullable URI url, Imprint imprint, TimestampTrust trust) {}

  /**
   * At any time there has to be a token by so many different authorities in the period before.
   *
   * @param count 1 to the number of authorities
   */
  public record TokenRule(int count, Duration period) {}

  public AnchorPolicy {
    logs = List.copyOf(logs);
    witnesses = List.copyOf(witnesses);
    authorities = List.copyOf(authorities);
  }

  /** Reads a policy; {@code AUD-0060} where it, or a file that it names, is not as it should be. */
  public static AnchorPolicy read(Path file) {
    return new PolicyParser(file).parse();
  }

  /**
   * A period as policies write it: a number and {@code s}, {@code m}, {@code h} or {@code d}; an
   * {@code IllegalArgumentException} for anything else.
   */
  public static Duration period(String word) {
    return PolicyDirectives.period(word);
  }

  /** The witness of this name. */
  public Optional<Witness> witness(String name) {
    return witnesses.stream().filter(witness -> witness.name.equals(name)).findFirst();
  }

  /** The authority of this name. */
  public Optional<Authority> authority(String name) {
    return authorities.stream().filter(authority -> authority.name.equals(name)).findFirst();
  }
}
