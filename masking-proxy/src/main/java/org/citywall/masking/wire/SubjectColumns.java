// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import java.util.Set;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.Relation;
import org.citywall.masking.sql.RelationColumn;
import org.citywall.masking.sql.ViewNames;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a result say, as they are, whom a row is about: the database itself says that
 * they come from the column of a table that identifies a person. A masked one comes from nowhere
 * and says nothing.
 */
final class SubjectColumns {

  /** Types whose text and binary forms are the same bytes: name, text, character, varchar. */
  private static final Set<Integer> TEXTS = Set.of(19, 25, 1042, 1043);

  private static final int REST = Short.BYTES + Integer.BYTES + Short.BYTES;
  private static final String ONLY = " only";

  private final SubjectBook book;
  private final SessionSchema schema;

  SubjectColumns(SubjectBook book, SessionSchema schema) {
    this.book = book;
    this.schema = schema;
  }

  /**
   * Their places, from 0.
   *
   * @param body of a RowDescription; a view
   */
  BitSet places(ByteBuf body) {
    BitSet places = new BitSet();
    int count = body.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      Messages.skipText(body);
      long table = body.readUnsignedInt();
      int number = body.readShort();
      int type = body.readInt();
      body.skipBytes(REST);
      if (table != 0 && TEXTS.contains(type) && identifies(schema.relation(table), number)) {
        places.set(i);
      }
    }
    return places;
  }

  private boolean identifies(@Nullable Relation relation, int number) {
    if (relation == null) {
      return false;
    }
    for (RelationColumn column : relation.columns()) {
      if (column.attnum() == number) {
        return identifies(relation, column.name());
      }
    }
    return false;
  }

  private boolean identifies(Relation relation, String column) {
    if (column.equals(book.column(named(relation.name())))) {
      return true;
    }
    for (TableName parent : relation.parents()) {
      Relation found = schema.relation(parent.schema(), parent.name()).orElse(null);
      if (found != null && identifies(found, column)) {
        return true;
      }
    }
    return false;
  }

  /** A view of hardened mode stands for its table. */
  private TableName named(TableName name) {
    if (!ViewNames.isOwn(name.schema())) {
      return name;
    }
    String written = name.name();
    TableName table =
        book.relation(
            written.endsWith(ONLY)
                ? written.substring(0, written.length() - ONLY.length())
                : written);
    return table == null ? name : table;
  }
}
