// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.audit.log.Hash;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.catalogue.RowCondition;

/**
 * Who may see what, by catalogue and person. A value is shown as it is to whom is cleared for its
 * level and has what its category and its table need besides; to anybody else behind a mask, or not
 * at all. Nothing here shows more to one person than a higher clearance shows to the same person.
 * Safe for use by several threads.
 */
public final class Policy {

  private final Catalogue catalogue;
  private final UnknownTable unknownTable;
  private final String version;

  /** Whether what rows somebody sees may depend on their name. */
  private final boolean namesPersons;

  /** Without grants; as many as there are persons and purposes that differ. */
  private final Map<List<Profile>, PersonRights> known = new ConcurrentHashMap<>();

  public Policy(Catalogue catalogue, UnknownTable unknownTable) {
    this.catalogue = catalogue;
    this.unknownTable = unknownTable;
    this.namesPersons =
        catalogue.tables().values().stream()
            .flatMap(table -> table.rows().stream())
            .anyMatch(
                rule ->
                    rule.condition() instanceof RowCondition.OfPerson of
                        && of.attribute() == RowCondition.Attribute.NAME);
    String text = catalogue.version() + "\nunknown-table: " + unknownTable;
    this.version = Hash.sha256(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  public Catalogue catalogue() {
    return catalogue;
  }

  /** SHA-256 over all that decides but the person, in hexadecimal: the same in every proxy. */
  public String version() {
    return version;
  }

  /** What a person may see at this moment. Persons who may see the same get equal rights. */
  public PersonRights rights(Person person, Instant now) {
    return rights(StatementContext.of(person), now);
  }

  /**
   * What the person behind a statement may see at this moment for the purpose that was declared:
   * nothing that the application could not show to anybody.
   */
  public PersonRights rights(StatementContext context, Instant now) {
    return rights(context, now, Granting.NOTHING);
  }

  /** The same with what the person was granted beyond their clearance. */
  public PersonRights rights(StatementContext context, Instant now, Granting granting) {
    List<Profile> profiles = Profile.of(context, now, catalogue.scheme(), namesPersons);
    PersonRights alone = known.computeIfAbsent(profiles, these -> new PersonRights(this, these));
    return granting.isEmpty() ? alone : alone.with(granting);
  }

  UnknownTable unknownTable() {
    return unknownTable;
  }
}
