// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.lookup;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.citywall.audit.secrets.Sensitive;

/**
 * Makes what stands for a value in the record: HMAC-SHA256 of the value in UTF-8 behind {@code
 * citywall look-up 1} and a zero, in hexadecimal. Equal for equal values, so that it can be found
 * who looked at whom; whoever has the key can try all numbers there are. Safe for use by several
 * threads.
 */
public final class ValueDigest {

  /** So many bytes a key has at least. */
  public static final int LEAST_KEY = 16;

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] DOMAIN = "citywall look-up 1\0".getBytes(StandardCharsets.US_ASCII);

  private final Sensitive<byte[]> key;

  public ValueDigest(Sensitive<byte[]> key) {
    if (key.reveal().length < LEAST_KEY) {
      throw new IllegalArgumentException("a key has at least " + LEAST_KEY + " bytes");
    }
    this.key = key;
  }

  /** What stands for a value. */
  public String of(Sensitive<String> value) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key.reveal(), ALGORITHM));
      mac.update(DOMAIN);
      return HexFormat.of().formatHex(mac.doFinal(value.reveal().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is in every JDK", e);
    }
  }
}
