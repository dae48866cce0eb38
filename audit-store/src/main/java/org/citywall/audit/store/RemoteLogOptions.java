// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.TlsIdentity;

/**
 * How a process reaches the store and what it believes.
 *
 * @param store {@code https://HOST:PORT}
 * @param identity what this process shows; the common name in it decides what it may do
 * @param authorities who may issue the store's certificate
 * @param logKey the key that signs the log's checkpoints, known beforehand
 * @param memory file that keeps the last verified checkpoint; one for each process
 * @param patience how long a call tries again while the store does not answer or is busy
 * @param answerTime how long one attempt may take
 * @param unsignedTime how long entries may be without a signed checkpoint
 */
public record RemoteLogOptions(
    URI store,
    TlsIdentity identity,
    List<X509Certificate> authorities,
    VerifierKey logKey,
    Path memory,
    Duration patience,
    Duration answerTime,
    Duration unsignedTime) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIME = Duration.ofSeconds(15);
  private static final Duration UNSIGNED_TIME = Duration.ofSeconds(60);

  public RemoteLogOptions {
    authorities = List.copyOf(authorities);
    if (!"https".equals(store.getScheme()) || store.getHost() == null) {
      throw new IllegalArgumentException("the store is at https://HOST:PORT, not at " + store);
    }
    if (patience.isNegative() || !answerTime.isPositive() || !unsignedTime.isPositive()) {
      throw new IllegalArgumentException("times are positive");
    }
  }

  /** The usual times: 10 s of patience, 15 s for an answer, 60 s without a signature. */
  public RemoteLogOptions(
      URI store,
      TlsIdentity identity,
      List<X509Certificate> authorities,
      VerifierKey logKey,
      Path memory) {
    this(store, identity, authorities, logKey, memory, PATIENCE, ANSWER_TIME, UNSIGNED_TIME);
  }

  public RemoteLogOptions withTimes(Duration patient, Duration answer, Duration unsigned) {
    return new RemoteLogOptions(
        store, identity, authorities, logKey, memory, patient, answer, unsigned);
  }
}
