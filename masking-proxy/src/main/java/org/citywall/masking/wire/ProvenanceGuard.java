// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.Relation;
import org.citywall.masking.sql.RelationColumn;
import org.citywall.masking.sql.RelationKind;
import org.citywall.masking.sql.SqlGate;
import org.citywall.masking.sql.ViewNames;

/**
 * Looks where the database itself says that a column of a result comes from (RowDescription: object
 * id of the table and number of the column). A masked column is an expression and comes from
 * nowhere; a protected one that comes from its table was missed by everything before.
 */
final class ProvenanceGuard {

  private final SqlGate gate;
  private final SessionSchema schema;
  private final Rights rights;

  ProvenanceGuard(SqlGate gate, SessionSchema schema, Rights rights) {
    this.gate = gate;
    this.schema = schema;
    this.rights = rights;
  }

  /**
   * What must not be shown; empty where all may.
   *
   * @param body of a RowDescription; a view
   */
  Optional<String> violation(ByteBuf body) {
    int count = body.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      Messages.skipText(body);
      long table = body.readUnsignedInt();
      int number = body.readShort();
      body.skipBytes(12);
      if (table != 0) {
        Optional<String> violation = violation(table, number);
        if (violation.isPresent()) {
          return violation;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<String> violation(long table, int number) {
    Relation relation = schema.relation(table);
    if (relation == null) {
      return Optional.of("a relation that is not known yet");
    }
    String owner = relation.name().schema();
    if (ViewNames.isOwn(owner) && relation.kind() != RelationKind.SYSTEM && number >= 0) {
      // its columns are masked already, where it is the person's own
      return gate.isOwnView(relation.name(), schema.relations(), schema, rights)
          ? Optional.empty()
          : Optional.of("a view of somebody else's rights");
    }
    // The number 0 stands for a whole row, one below it for what the system keeps of a row.
    boolean own = relation.kind() == RelationKind.SYSTEM || relation.kind() == RelationKind.TEMP;
    if (number < 0 || own) {
      return Optional.empty();
    }
    List<TableName> graded = new ArrayList<>();
    addGraded(relation, graded);
    for (RelationColumn column : relation.columns()) {
      boolean meant = number == 0 || column.attnum() == number;
      if (meant && !shows(relation, graded, column.name())) {
        return Optional.of(relation.name() + "." + column.name());
      }
    }
    return Optional.empty();
  }

  /** The relation, or those whose rows include its own, as far as the catalogue has them. */
  private void addGraded(Relation relation, List<TableName> graded) {
    if (rights.catalogued(relation.name())) {
      graded.add(relation.name());
    }
    for (TableName parent : relation.parents()) {
      schema.relation(parent.schema(), parent.name()).ifPresent(found -> addGraded(found, graded));
    }
  }

  /** What the catalogue lacks was perhaps made of what it has: the gate knows by what it reads. */
  private boolean shows(Relation relation, List<TableName> graded, String column) {
    return graded.isEmpty()
        ? gate.shows(relation, column, schema, rights)
        : graded.stream().allMatch(name -> rights.of(name, column).showsValues());
  }
}
