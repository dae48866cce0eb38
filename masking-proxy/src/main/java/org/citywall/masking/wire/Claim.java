// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import org.citywall.masking.identity.IdentityToken;
import org.jspecify.annotations.Nullable;

/**
 * What a session or a statement says of who is behind it and what for.
 *
 * @param token whose signature was found good; null where nobody is named
 * @param purpose that was declared beside it; null for none
 * @param lost whether something was said that may no longer hold, so that nothing may be assumed
 */
public record Claim(@Nullable IdentityToken token, @Nullable String purpose, boolean lost) {

  /** Nothing was said. */
  public static final Claim NONE = new Claim(null, null, false);

  /** What was said may no longer hold. */
  public static final Claim LOST = new Claim(null, null, true);

  /** Only the purpose is said. */
  public static Claim of(@Nullable String purpose) {
    return new Claim(null, purpose, false);
  }

  /** The same, and a person is named. */
  public Claim by(IdentityToken named) {
    return new Claim(named, lost ? null : purpose, false);
  }

  /** The same with another purpose. */
  public Claim purpose(@Nullable String declared) {
    return new Claim(token, declared, lost);
  }
}
