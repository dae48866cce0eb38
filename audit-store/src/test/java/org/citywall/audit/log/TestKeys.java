// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import org.citywall.audit.testing.KeyInMemory;

/** Signers for tests of the log. */
public final class TestKeys {

  static final NoteSigner SIGNER = signer("test.example/log");

  private TestKeys() {}

  public static NoteSigner signer(String name) {
    return new NoteSigner(name, new KeyInMemory());
  }
}
