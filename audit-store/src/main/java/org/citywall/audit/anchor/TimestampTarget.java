// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;

/** A time-stamping authority (RFC 3161 over HTTP, section 3.4). */
final class TimestampTarget implements AnchorTarget {

  private static final int NONCE_BYTES = 16;

  private final AnchorPolicy.Authority authority;
  private final URI url;
  private final AnchorStore store;
  private final AnchorHttp http;
  private final RandomGenerator random;

  TimestampTarget(
      AnchorPolicy.Authority authority,
      URI url,
      AnchorStore store,
      AnchorHttp http,
      RandomGenerator random) {
    this.authority = authority;
    this.url = url;
    this.store = store;
    this.http = http;
    this.random = random;
  }

  @Override
  public String name() {
    return "tsa " + authority.name();
  }

  @Override
  public String file() {
    return AnchorStore.responseFile(authority.name());
  }

  @Override
  public void ask(String name, Checkpoint checkpoint) {
    byte[] note = checkpoint.note().getBytes(StandardCharsets.UTF_8);
    String queryFile = AnchorStore.queryFile(authority.name());
    // Kept before it is sent, and sent again as it is: answer and request then always fit.
    store.add(name, queryFile, query(note));
    byte[] query = store.read(name, queryFile).orElseThrow();
    AnchorHttp.Answer answer =
        http.post(url, "application/timestamp-query", query, TokenCheck.MAX_RESPONSE);
    if (answer.status() != 200) {
      throw new PlatformException(
          AuditErrorCode.ANCHOR_UNAVAILABLE, url + " answered " + answer.status());
    }
    switch (new TokenCheck(authority.trust()).check(answer.body(), query, note)) {
      case TokenResult.Trusted _ -> store.add(name, file(), answer.body());
      case TokenResult.Untrusted(String reason) -> throw refused(reason);
      case TokenResult.Broken(String reason) -> throw refused(reason);
    }
  }

  private byte[] query(byte[] note) {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    if (authority.trust().policy() != null) {
      generator.setReqPolicy(authority.trust().policy());
    }
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    Imprint imprint = authority.imprint();
    try {
      return generator
          .generate(imprint.oid(), imprint.of(note), new BigInteger(1, nonce))
          .getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private PlatformException refused(String reason) {
    return new PlatformException(
        AuditErrorCode.TOKEN_REFUSED, "token of " + authority.name() + ": " + reason);
  }
}
