// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.Optional;

/** How payloads are sealed. */
public enum PayloadCipher {
  /** AES with 256 bits in GCM (NIST SP 800-38D). */
  AES_256_GCM(1, 32),
  /** SM4 (GB/T 32907-2016) in GCM (GB/T 36624-2018). */
  SM4_GCM(2, 16);

  private final int code;
  private final int keyBytes;

  PayloadCipher(int code, int keyBytes) {
    this.code = code;
    this.keyBytes = keyBytes;
  }

  /** Number in stored bytes, 1..255; 0 is an open payload. */
  public int code() {
    return code;
  }

  /** Length of a data key in bytes. */
  public int keyBytes() {
    return keyBytes;
  }

  /** The cipher with this stored number. */
  public static Optional<PayloadCipher> ofCode(int code) {
    for (PayloadCipher cipher : values()) {
      if (cipher.code == code) {
        return Optional.of(cipher);
      }
    }
    return Optional.empty();
  }

  /** The key of these bytes; an IllegalArgumentException where they are not as many as it takes. */
  public DataKey key(byte[] material) {
    if (material.length != keyBytes) {
      throw new IllegalArgumentException(material.length + " bytes are no key for " + this);
    }
    return switch (this) {
      case AES_256_GCM -> new AesDataKey(material);
      case SM4_GCM -> new Sm4DataKey(material);
    };
  }
}
