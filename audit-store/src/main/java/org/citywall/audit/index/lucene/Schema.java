// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexOptions;

/** Names and kinds of Lucene fields; the package documentation lists them. */
final class Schema {

  /** Grows with every change of what a document holds. */
  static final int VERSION = 1;

  static final String ALL_TEXT = "_text";
  static final String PRESENT = "_present";
  static final String LABELS = "labels";

  static final FieldType TERM = terms(DocValuesType.NONE);
  static final FieldType SINGLE = terms(DocValuesType.SORTED);
  static final FieldType SEVERAL = terms(DocValuesType.SORTED_SET);
  static final FieldType WORDS = words();
  static final FieldType POINT = points(DocValuesType.NONE, DocValuesSkipIndexType.NONE);
  static final FieldType NUMBER = points(DocValuesType.NUMERIC, DocValuesSkipIndexType.NONE);
  static final FieldType ORDER = points(DocValuesType.NUMERIC, DocValuesSkipIndexType.RANGE);

  private static final int MAX_CHARS = 2000;

  private Schema() {}

  /** What is kept of a value as a term; queries are cut alike. */
  static String cut(String value) {
    if (value.length() <= MAX_CHARS) {
      return value;
    }
    boolean splitsPair = Character.isHighSurrogate(value.charAt(MAX_CHARS - 1));
    return value.substring(0, splitsPair ? MAX_CHARS - 1 : MAX_CHARS);
  }

  /** What a term of a label begins with. */
  static String labelPrefix(String name) {
    return cut(name.replace('\0', '\ufffd')) + '\0';
  }

  private static FieldType terms(DocValuesType values) {
    FieldType type = new FieldType();
    type.setTokenized(false);
    type.setOmitNorms(true);
    type.setIndexOptions(IndexOptions.DOCS);
    type.setDocValuesType(values);
    type.freeze();
    return type;
  }

  private static FieldType words() {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setOmitNorms(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
    type.freeze();
    return type;
  }

  private static FieldType points(DocValuesType values, DocValuesSkipIndexType skip) {
    FieldType type = new FieldType();
    type.setDimensions(1, Long.BYTES);
    type.setDocValuesType(values);
    type.setDocValuesSkipIndexType(skip);
    type.freeze();
    return type;
  }
}
