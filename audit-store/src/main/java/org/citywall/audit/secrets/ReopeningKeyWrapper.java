// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.util.function.Supplier;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Tries once more, after reopening it, what a crypto machine could not do. */
record ReopeningKeyWrapper(KeyWrapper machine, Runnable reopen) implements KeyWrapper {

  @Override
  public byte[] wrap(byte[] dataKey) {
    return attempt(() -> machine.wrap(dataKey));
  }

  @Override
  public byte[] unwrap(byte[] wrapped) {
    return attempt(() -> machine.unwrap(wrapped));
  }

  @Override
  public byte[] rewrap(byte[] wrapped) {
    return attempt(() -> machine.rewrap(wrapped));
  }

  private byte[] attempt(Supplier<byte[]> work) {
    try {
      return work.get();
    } catch (PlatformException e) {
      if (e.code() != AuditErrorCode.CRYPTO_MACHINE_UNAVAILABLE) {
        throw e;
      }
      reopen.run();
      return work.get();
    }
  }
}
