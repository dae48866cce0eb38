// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/** Wraps in Vault: neither key nor data key of a rewrap leaves it. */
final class VaultKeyWrapper implements KeyWrapper {

  private final VaultTransit transit;
  private final KeySlot slot;
  private volatile boolean made;

  VaultKeyWrapper(VaultTransit transit, KeySlot slot) {
    this.transit = transit;
    this.slot = slot;
  }

  @Override
  public byte[] wrap(byte[] dataKey) {
    if (dataKey.length == 0 || dataKey.length > MAX_DATA_KEY) {
      throw new IllegalArgumentException("a data key has 1 to " + MAX_DATA_KEY + " bytes");
    }
    if (!made) {
      transit.ring(slot);
      made = true;
    }
    return transit.encrypt(slot, dataKey).toStored();
  }

  @Override
  public byte[] unwrap(byte[] wrapped) {
    return transit.decrypt(slot, ciphertext(wrapped));
  }

  @Override
  public byte[] rewrap(byte[] wrapped) {
    VaultCiphertext old = ciphertext(wrapped);
    VaultCiphertext fresh = transit.rewrap(slot, old);
    return fresh.version() == old.version() ? wrapped : fresh.toStored();
  }

  private VaultCiphertext ciphertext(byte[] wrapped) {
    return VaultCiphertext.stored(wrapped)
        .orElseThrow(
            () ->
                new PlatformException(
                    AuditErrorCode.WRAPPED_KEY_INVALID, "not wrapped by " + slot));
  }
}
