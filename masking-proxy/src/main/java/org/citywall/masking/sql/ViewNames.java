// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.nio.charset.StandardCharsets;
import org.citywall.audit.log.Hash;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;

/**
 * Names of what hardened mode keeps in the database: a schema for each login of a proxy, in it
 * views that are named after a relation and what is shown of it, so that nobody reads through a
 * view that shows something else; and for each profile a view that says that its views were made.
 */
public final class ViewNames {

  /** Schema of what is remembered of the state before, and of the secrets of masks. */
  public static final String RECORDS = "citywall_hardened";

  /** How the schema of every login begins. */
  public static final String PREFIX = "citywall_view_";

  private static final String PROFILE = "citywall profile ";
  private static final int DIGITS = 16;

  /** Bytes that PostgreSQL keeps of a name. */
  private static final int MAX_BYTES = 63;

  private ViewNames() {}

  /** The schema with the views that a login reads. */
  public static String schema(String login) {
    return PREFIX + digest(login);
  }

  /** The view that says that the views of these rights, without any grant, are there. */
  public static TableName profile(String schema, Rights rights) {
    return new TableName(schema, PROFILE + digest(rights.profile()));
  }

  /**
   * The view of a relation.
   *
   * @param said what the policy says of it
   * @param only whether rows of descendants are left out
   */
  static TableName view(String schema, TableName relation, String said, boolean only) {
    String name = beginning(relation) + (only ? " only " : " ") + digest(said);
    return new TableName(schema, name);
  }

  /** Whether a view is one of this relation. */
  static boolean isOf(TableName view, TableName relation) {
    return view.name().startsWith(beginning(relation) + " ");
  }

  private static String beginning(TableName relation) {
    String name = relation.toString();
    int rest = " only ".length() + DIGITS;
    return name.getBytes(StandardCharsets.UTF_8).length + rest > MAX_BYTES ? digest(name) : name;
  }

  /** Whether a schema is one of hardened mode. */
  public static boolean isOwn(String schema) {
    return schema.startsWith(PREFIX) || schema.equals(RECORDS);
  }

  private static String digest(String text) {
    return Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, DIGITS);
  }
}
