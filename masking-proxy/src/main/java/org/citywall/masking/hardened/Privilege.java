// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

import org.citywall.masking.policy.TableName;
import org.citywall.masking.sql.facts.Identifier;

/**
 * A right on a relation.
 *
 * @param column empty where it is on the whole relation
 * @param grantee empty for everybody
 * @param grantable whether the grantee may pass it on
 */
record Privilege(TableName on, String column, String grantee, String privilege, boolean grantable) {

  /** Rights that show nothing of what is stored. */
  boolean showsNothing() {
    return privilege.equals("INSERT");
  }

  String grant() {
    return "GRANT " + what() + " TO " + who(grantee) + (grantable ? " WITH GRANT OPTION" : "");
  }

  String revoke() {
    return "REVOKE " + what() + " FROM " + who(grantee);
  }

  private String what() {
    String columns = column.isEmpty() ? "" : " (" + Identifier.quoted(column) + ")";
    return privilege + columns + " ON " + Identifier.quoted(on);
  }

  static String who(String grantee) {
    return grantee.isEmpty() ? "PUBLIC" : Identifier.quoted(grantee);
  }
}
