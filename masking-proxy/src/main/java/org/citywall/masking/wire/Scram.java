// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** What both sides of SCRAM-SHA-256 compute (RFC 5802 section 3). */
final class Scram {

  static final String MECHANISM = "SCRAM-SHA-256";

  /** With channel binding. */
  static final String BOUND_MECHANISM = "SCRAM-SHA-256-PLUS";

  /** The client binds the channel by the server's certificate. */
  static final String END_POINT_BINDING = "p=tls-server-end-point,,";

  /** The client could bind the channel and believes that the server cannot. */
  static final String NO_SERVER_BINDING = "y,,";

  /** The client does not support channel binding. */
  static final String NO_BINDING = "n,,";

  static final String NONCE_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  static final int NONCE_LENGTH = 24;

  private Scram() {}

  /** The exchange was not what the specification says, or the proof was wrong. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String why) {
      super(why);
    }
  }

  static byte[] saltedPassword(String password, byte[] salt, int iterations) {
    // PostgreSQL normalises with SASLprep where it can; NFKC is what remains of it for passwords
    // without prohibited characters, and ASCII stays as it is.
    char[] letters = Normalizer.normalize(password, Normalizer.Form.NFKC).toCharArray();
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
          .generateSecret(new PBEKeySpec(letters, salt, iterations, 256))
          .getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA256", e);
    }
  }

  static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  static byte[] xor(byte[] left, byte[] right) {
    byte[] result = left.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] ^= right[i];
    }
    return result;
  }

  /** The attributes of a message: a letter, {@code =} and a value each, with commas between. */
  static Map<Character, String> attributes(String message) throws Failed {
    Map<Character, String> attributes = new HashMap<>();
    for (String part : message.split(",", -1)) {
      if (part.length() < 2 || part.charAt(1) != '=') {
        throw new Failed("not an attribute");
      }
      if (attributes.put(part.charAt(0), part.substring(2)) != null) {
        throw new Failed("an attribute twice");
      }
      if (part.charAt(0) == 'm') {
        // RFC 5802 section 5.1: an extension that nobody here knows must make the exchange fail.
        throw new Failed("an extension that must be understood");
      }
    }
    return attributes;
  }

  static String required(Map<Character, String> attributes, char letter) throws Failed {
    String value = attributes.get(letter);
    if (value == null) {
      throw new Failed("attribute " + letter + " is missing");
    }
    return value;
  }

  static byte[] base64(String text) throws Failed {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new Failed("not base64");
    }
  }
}
