// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.citywall.audit.log.Hash;
import org.citywall.masking.catalogue.Catalogue;

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

  public Policy(Catalogue catalogue, UnknownTable unknownTable) {
    this.catalogue = catalogue;
    this.unknownTable = unknownTable;
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
    return new PersonRights(this, Profile.of(person, now, catalogue.scheme()));
  }

  UnknownTable unknownTable() {
    return unknownTable;
  }
}
