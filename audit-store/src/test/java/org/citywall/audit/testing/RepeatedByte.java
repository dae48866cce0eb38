// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.testing;

import java.io.Serial;
import java.security.SecureRandom;
import java.util.Arrays;

/** "Random" bytes that are always the same, for keys that several processes of a test share. */
final class RepeatedByte extends SecureRandom {

  @Serial private static final long serialVersionUID = 1;

  private final byte value;

  RepeatedByte(int value) {
    this.value = (byte) value;
  }

  @Override
  public void nextBytes(byte[] bytes) {
    Arrays.fill(bytes, value);
  }
}
