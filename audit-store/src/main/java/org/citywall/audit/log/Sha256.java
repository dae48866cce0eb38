// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Fresh SHA-256 digests, cheaper than a provider look-up for each. */
final class Sha256 {

  private static final MessageDigest PROTOTYPE = prototype();

  private Sha256() {}

  static MessageDigest digest() {
    try {
      return (MessageDigest) PROTOTYPE.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MessageDigest prototype() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
