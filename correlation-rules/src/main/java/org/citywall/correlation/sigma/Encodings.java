// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.citywall.correlation.sigma.Modifiers.Transform;

/** Encodings of a value that a rule looks for inside other data. */
final class Encodings {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xff, (byte) 0xfe};

  /** Characters to leave out in front: they also depend on the bytes before. */
  private static final int[] SKIP = {0, 2, 3};

  private Encodings() {}

  /** The texts to look for; more than one where the place in the data decides. */
  static List<String> encode(String text, List<Transform> transforms, int line) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    boolean decoded = true;
    List<String> texts = List.of(text);
    for (Transform transform : transforms) {
      if (!decoded) {
        throw RuleMistake.invalid(line, "nothing can follow an encoding to base64");
      }
      switch (transform) {
        case UTF16LE -> bytes = recode(bytes, StandardCharsets.UTF_16LE);
        case UTF16BE -> bytes = recode(bytes, StandardCharsets.UTF_16BE);
        case UTF16 -> bytes = joined(BYTE_ORDER_MARK, recode(bytes, StandardCharsets.UTF_16LE));
        case BASE64 -> {
          texts = List.of(Base64.getEncoder().encodeToString(bytes));
          decoded = false;
        }
        case BASE64OFFSET -> {
          texts = offsets(bytes);
          decoded = false;
        }
        case WINDASH, EXPAND -> {}
      }
    }
    return decoded && hasEncoding(transforms)
        ? List.of(new String(bytes, StandardCharsets.ISO_8859_1))
        : texts;
  }

  static boolean hasEncoding(List<Transform> transforms) {
    return transforms.stream().anyMatch(t -> t != Transform.WINDASH && t != Transform.EXPAND);
  }

  private static byte[] recode(byte[] utf8, Charset charset) {
    return new String(utf8, StandardCharsets.UTF_8).getBytes(charset);
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  /** What base64 makes of the bytes after zero, one and two others, without what those change. */
  private static List<String> offsets(byte[] bytes) {
    List<String> texts = new ArrayList<>();
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = joined(new byte[offset], bytes);
      String encoded = Base64.getEncoder().encodeToString(shifted);
      int certain = shifted.length * 8 / 6;
      texts.add(encoded.substring(SKIP[offset], Math.max(SKIP[offset], certain)));
    }
    return texts;
  }
}
