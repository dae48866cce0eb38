// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.Optional;
import org.citywall.masking.identity.IdentityToken;
import org.jspecify.annotations.Nullable;

/** The people who may be behind the statements of an account. Safe for use by several threads. */
@FunctionalInterface
public interface Actors {

  /** Who is behind a statement with this claim, as everything stands now. */
  Actor actor(Claim claim);

  /** Whether the account is an application's, which names other people. */
  default boolean isApplication() {
    return false;
  }

  /**
   * The token of a text, where it is the account's own and was signed for this.
   *
   * @param session id, for a token that came in a setting
   * @param statement that it came with; null for one in a setting
   */
  default Optional<IdentityToken> genuine(
      String token, String session, @Nullable String statement) {
    return Optional.empty();
  }
}
