// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of one field of an event; none of them where the field is there but null. */
final class FieldValue {

  private final String[] texts;
  private final @Nullable String[] folded;

  FieldValue(List<String> texts) {
    this.texts = texts.toArray(String[]::new);
    this.folded = new String[this.texts.length];
  }

  int size() {
    return texts.length;
  }

  String text(int i) {
    return texts[i];
  }

  /** The text without its case; folded once for all rules. */
  String folded(int i) {
    String text = folded[i];
    if (text == null) {
      text = Fold.fold(texts[i]);
      folded[i] = text;
    }
    return text;
  }

  List<String> texts() {
    return Arrays.asList(texts);
  }
}
