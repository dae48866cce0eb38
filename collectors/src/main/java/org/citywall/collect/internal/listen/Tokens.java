// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.CollectorConfig.RequestLimits;
import org.citywall.collect.IngestToken;
import org.jspecify.annotations.Nullable;

/** Who may send over HTTP, and how much at a time. Safe for use by several threads. */
final class Tokens {

  private static final String BEARER = "Bearer ";

  private final List<IngestToken> tokens;
  private final Semaphore all;
  private final Map<String, Semaphore> each = new HashMap<>();

  Tokens(List<IngestToken> tokens, RequestLimits limits) {
    this.tokens = List.copyOf(tokens);
    this.all = new Semaphore(limits.concurrent());
    tokens.forEach(token -> each.put(token.name(), new Semaphore(limits.perToken())));
  }

  /** The token of a request, or {@code COL-0020}. All are compared, so that time tells nothing. */
  IngestToken owner(@Nullable String authorization) {
    Sensitive<String> given = Sensitive.of(bearer(authorization));
    IngestToken found = null;
    for (IngestToken token : tokens) {
      if (token.matches(given)) {
        found = token;
      }
    }
    if (found == null) {
      throw new PlatformException(CollectErrorCode.TOKEN_INVALID, "no valid bearer token");
    }
    return found;
  }

  private static String bearer(@Nullable String authorization) {
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).strip()
        : "";
  }

  /** Lets a request of this sender in; {@code COL-0025} or {@code COL-0027} where it must wait. */
  Turn turn(IngestToken token) {
    Semaphore own = Objects.requireNonNull(each.get(token.name()));
    if (!own.tryAcquire()) {
      throw new PlatformException(
          CollectErrorCode.REQUESTS_EXHAUSTED, "too many requests of this sender at a time");
    }
    if (!all.tryAcquire()) {
      own.release();
      throw new PlatformException(CollectErrorCode.SERVER_BUSY, "too many requests at a time");
    }
    return new Turn(own);
  }

  /** The place of a request that is under way. */
  final class Turn implements AutoCloseable {

    private final Semaphore own;

    private Turn(Semaphore own) {
      this.own = own;
    }

    @Override
    public void close() {
      all.release();
      own.release();
    }
  }
}
