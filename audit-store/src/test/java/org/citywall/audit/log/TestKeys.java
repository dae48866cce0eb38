// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;

/** Signers for tests of the log. */
public final class TestKeys {

  static final NoteSigner SIGNER = signer("test.example/log");

  /** Keys of a log of version 1. */
  static final LogKeys ONE_TREE = LogKeys.of(SIGNER);

  /** Keys of a log with everything that a log can have. */
  static final LogKeys ALL =
      ONE_TREE.withSm3(new Sm2KeyInMemory()).withSealing(new WrapperInMemory());

  private TestKeys() {}

  public static NoteSigner signer(String name) {
    return new NoteSigner(name, new KeyInMemory());
  }
}
