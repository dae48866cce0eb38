// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.util.BytesRef;

/** A 64-bit number as a point, and as a doc value where the type has one. */
final class NumberField extends Field {

  private final BytesRef point = new BytesRef(new byte[Long.BYTES]);

  NumberField(String name, FieldType type) {
    super(name, type);
  }

  NumberField set(long value) {
    fieldsData = value;
    LongPoint.encodeDimension(value, point.bytes, 0);
    return this;
  }

  @Override
  public BytesRef binaryValue() {
    return point;
  }
}
