// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.Arrays;
import java.util.List;
import org.citywall.audit.event.FieldType;
import org.citywall.audit.event.Micros;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field of an event; none of them where the field is there but null. Texts are
 * made when they are asked for: most fields of an event are of interest to no rule.
 */
final class FieldValue {

  private static final String[] UNREAD = {};

  private final FieldType type;
  private final Object value;
  private String[] texts = UNREAD;
  private @Nullable String[] folded = UNREAD;

  FieldValue(List<String> texts) {
    this(FieldType.KEYWORDS, texts);
  }

  /**
   * @param value of the Java type that the type of the field names
   */
  FieldValue(FieldType type, Object value) {
    this.type = type;
    this.value = value;
  }

  int size() {
    return value instanceof List<?> list ? list.size() : 1;
  }

  String text(int i) {
    if (texts.length == 0) {
      texts = new String[size()];
      for (int each = 0; each < texts.length; each++) {
        texts[each] = text(value instanceof List<?> list ? list.get(each) : value);
      }
    }
    return texts[i];
  }

  private String text(@Nullable Object single) {
    return type == FieldType.TIMESTAMP && single instanceof Long micros
        ? Micros.toInstant(micros).toString()
        : String.valueOf(single);
  }

  /** The text without its case; folded once for all rules. */
  String folded(int i) {
    if (folded.length == 0) {
      folded = new String[size()];
    }
    String text = folded[i];
    if (text == null) {
      text = Fold.fold(text(i));
      folded[i] = text;
    }
    return text;
  }

  List<String> texts() {
    if (size() > 0) {
      text(0);
    }
    return Arrays.asList(texts);
  }
}
