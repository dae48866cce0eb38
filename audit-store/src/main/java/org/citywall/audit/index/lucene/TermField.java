// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.InvertableType;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefBuilder;

/** A term, and its doc value where the type has one, whose bytes are reused between documents. */
final class TermField extends Field {

  private final BytesRefBuilder bytes = new BytesRefBuilder();

  TermField(String name, FieldType type) {
    super(name, type);
  }

  TermField set(String value) {
    bytes.copyChars(Schema.cut(value));
    return this;
  }

  TermField set(byte[] value) {
    bytes.copyBytes(value, 0, value.length);
    return this;
  }

  TermField setLabel(String name, String value) {
    bytes.copyChars(Schema.labelPrefix(name).concat(Schema.cut(value)));
    return this;
  }

  @Override
  public BytesRef binaryValue() {
    return bytes.get();
  }

  @Override
  public InvertableType invertableType() {
    return InvertableType.BINARY;
  }
}
