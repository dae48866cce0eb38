// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.subject;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.citywall.audit.secrets.Sensitive;

/**
 * The key under which identifiers of persons become hashes, as the package documentation specifies
 * them. Safe for use by several threads.
 */
public final class SubjectKey {

  /** So many bytes a key has at least. */
  public static final int LEAST_KEY = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] DOMAIN = "citywall subject 1\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NAMING = "citywall subject key 1".getBytes(StandardCharsets.US_ASCII);

  /** Never used itself: a copy of it spares looking the algorithm up and hashing the key. */
  private final Mac keyed;

  private final String name;

  /**
   * @param key {@value #LEAST_KEY} bytes or more, else an {@code IllegalArgumentException}
   */
  public SubjectKey(Sensitive<byte[]> key) {
    if (key.reveal().length < LEAST_KEY) {
      throw new IllegalArgumentException("a subject key has at least " + LEAST_KEY + " bytes");
    }
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key.reveal(), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is in every JDK", e);
    }
    name = HexFormat.of().formatHex(copy().doFinal(NAMING), 0, Integer.BYTES);
  }

  /** A key from the text of a secret: its bytes in UTF-8. */
  public static SubjectKey of(Sensitive<String> secret) {
    return new SubjectKey(Sensitive.of(secret.reveal().getBytes(StandardCharsets.UTF_8)));
  }

  /** Names the key and tells nothing else of it; eight hexadecimal digits. */
  public String name() {
    return name;
  }

  /**
   * What stands for a person.
   *
   * @param identifier in its one writing, so that one person has one hash
   */
  public long hash(String identifier) {
    Mac mac = copy();
    mac.update(DOMAIN);
    byte[] whole = mac.doFinal(identifier.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(whole).getLong();
  }

  /** A hash as events and queries write it. */
  public static String text(long hash) {
    return HexFormat.of().toHexDigits(hash);
  }

  private Mac copy() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(ALGORITHM + " of the JDK can be copied", e);
    }
  }

  @Override
  public String toString() {
    return "SubjectKey[" + name + "]";
  }
}
