// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.Optional;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.Treatment;
import org.citywall.masking.sql.Relation;
import org.citywall.masking.sql.RelationColumn;
import org.citywall.masking.sql.RelationKind;

/**
 * Looks where the database itself says that a column of a result comes from (RowDescription: object
 * id of the table and number of the column). A masked column is an expression and comes from
 * nowhere; a protected one that comes from its table was missed by everything before.
 */
final class ProvenanceGuard {

  private ProvenanceGuard() {}

  /**
   * What must not be shown; empty where all may.
   *
   * @param body of a RowDescription; a view
   */
  static Optional<String> violation(ByteBuf body, SessionSchema schema, Rights rights) {
    int count = body.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      Messages.text(body);
      long table = body.readUnsignedInt();
      int number = body.readShort();
      body.skipBytes(12);
      if (table != 0) {
        Optional<String> violation = violation(table, number, schema, rights);
        if (violation.isPresent()) {
          return violation;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> violation(
      long table, int number, SessionSchema schema, Rights rights) {
    Relation relation = schema.relation(table);
    if (relation == null) {
      return Optional.of("a relation that is not known yet");
    }
    // The number 0 stands for a whole row, one below it for what the system keeps of a row.
    if (relation.kind() == RelationKind.SYSTEM || number < 0) {
      return Optional.empty();
    }
    TableName name = relation.name();
    for (RelationColumn column : relation.columns()) {
      boolean meant = number == 0 || column.attnum() == number;
      if (meant && !(rights.of(name, column.name()) instanceof Treatment.Plain)) {
        return Optional.of(name + "." + column.name());
      }
    }
    return Optional.empty();
  }
}
