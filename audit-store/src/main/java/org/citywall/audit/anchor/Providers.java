// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The provider of what the JDK lacks: SM2, SM3 and paths of certificates that use them. */
final class Providers {

  /** Used where it is named and registered nowhere, so that nothing else changes its ways. */
  static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private Providers() {}
}
