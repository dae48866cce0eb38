// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.proxy;

import org.citywall.audit.subject.SubjectKey;
import org.citywall.masking.catalogue.CataloguedTable;
import org.citywall.masking.config.PolicyFiles;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.wire.SubjectBook;
import org.jspecify.annotations.Nullable;

/** What the proxy's files say at the moment of the persons that tables are about. */
final class CatalogueSubjects implements SubjectBook {

  private final PolicyFiles files;

  CatalogueSubjects(PolicyFiles files) {
    this.files = files;
  }

  @Override
  public @Nullable SubjectKey key() {
    return files.current().subjectKey();
  }

  @Override
  public @Nullable String column(TableName table) {
    return files
        .current()
        .policy()
        .catalogue()
        .table(table)
        .map(CataloguedTable::subject)
        .orElse(null);
  }

  @Override
  public @Nullable TableName relation(String name) {
    return files.current().policy().catalogue().tables().keySet().stream()
        .filter(table -> table.toString().equals(name))
        .findFirst()
        .orElse(null);
  }
}
