// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.citywall.masking.sql.WrittenColumn;
import org.jspecify.annotations.Nullable;

/** Fields of rows of COPY, of which those of some columns are looked at. */
final class CopiedFields {

  /** Longest text that is looked at, in bytes; a longer one passes. */
  private static final int LONGEST = 64 * 1024;

  private final Map<Integer, WrittenColumn> columns;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private @Nullable WrittenColumn column;
  private int place;
  private boolean begun;
  private long row = 1;
  private @Nullable String masked;

  CopiedFields(Map<Integer, WrittenColumn> columns) {
    this.columns = columns;
    this.column = columns.get(0);
  }

  /** A byte of the field. */
  void add(byte one) {
    begun = true;
    if (column != null && text.size() <= LONGEST) {
      text.write(one);
    }
  }

  /** Whether nothing of the row has come. */
  boolean atStart() {
    return place == 0 && !begun;
  }

  /**
   * The field has ended.
   *
   * @param nullText what is null and not a text; null where nothing is
   */
  void endField(@Nullable String nullText) {
    if (column != null && masked == null && text.size() <= LONGEST) {
      String value = text.toString(StandardCharsets.UTF_8);
      if (!value.equals(nullText) && column.isMasked(value)) {
        masked = column + ", row " + row;
      }
    }
    text.reset();
    begun = false;
    place++;
    column = columns.get(place);
  }

  /** The row has ended; the next one begins. */
  void endRow() {
    place = 0;
    column = columns.get(0);
    row++;
  }

  /** The line was none of the rows. */
  void forget() {
    masked = null;
    row = 1;
  }

  Optional<String> masked() {
    return Optional.ofNullable(masked);
  }
}
