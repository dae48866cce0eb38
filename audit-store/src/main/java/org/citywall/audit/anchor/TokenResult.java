// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.time.Instant;

/** What the check of a time-stamp token comes to. */
sealed interface TokenResult {

  /**
   * A token over this message by a trusted authority.
   *
   * @param time when the authority says it saw the digest (genTime)
   * @param validUntil until when every certificate of its path is valid: later the token is worth
   *     something only if it is known to have existed before
   * @param signer subject of the certificate that signed it
   */
  record Trusted(Instant time, Instant validUntil, String signer) implements TokenResult {}

  /** A whole token over this message by somebody who is not trusted to make it. */
  record Untrusted(String reason) implements TokenResult {}

  /** No token over this message: altered, exchanged, or an answer to another request. */
  record Broken(String reason) implements TokenResult {}
}
