// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the transit engine makes: {@code vault:vVERSION:BASE64}. Stored as byte {@code 0x02},
 * version (4 bytes, big-endian) and the decoded bytes, so that one ciphertext has one spelling:
 * Vault's decoder overlooks the last bits of Base64.
 */
record VaultCiphertext(int version, byte[] bytes) {

  private static final Pattern FORM = Pattern.compile("vault:v([1-9][0-9]{0,8}):([A-Za-z0-9+/=]+)");
  private static final byte STORED = 0x02;
  private static final int HEADER_BYTES = 5;

  static Optional<VaultCiphertext> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new VaultCiphertext(
              Integer.parseInt(form.group(1)), Base64.getDecoder().decode(form.group(2))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static Optional<VaultCiphertext> stored(byte[] bytes) {
    if (bytes.length <= HEADER_BYTES || bytes[0] != STORED) {
      return Optional.empty();
    }
    int version = ByteBuffer.wrap(bytes).getInt(1);
    return version < 1
        ? Optional.empty()
        : Optional.of(
            new VaultCiphertext(version, Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length)));
  }

  byte[] toStored() {
    return ByteBuffer.allocate(HEADER_BYTES + bytes.length)
        .put(STORED)
        .putInt(version)
        .put(bytes)
        .array();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VaultCiphertext that
        && version == that.version
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** As Vault spells it. */
  @Override
  public String toString() {
    return "vault:v" + version + ":" + Base64.getEncoder().encodeToString(bytes);
  }
}
