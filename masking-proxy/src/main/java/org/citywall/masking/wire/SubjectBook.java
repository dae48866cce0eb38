// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import org.citywall.audit.subject.SubjectKey;
import org.citywall.masking.policy.TableName;
import org.jspecify.annotations.Nullable;

/** Knows by which column a table says whom its rows are about. Safe for use by several threads. */
public interface SubjectBook {

  /** Tells nobody apart. */
  SubjectBook NONE =
      new SubjectBook() {
        @Override
        public @Nullable SubjectKey key() {
          return null;
        }

        @Override
        public @Nullable String column(TableName table) {
          return null;
        }

        @Override
        public @Nullable TableName relation(String name) {
          return null;
        }
      };

  /** The key of the moment; null where persons are not told apart. */
  @Nullable SubjectKey key();

  /** The column that identifies the person; null where rows of the table are about none. */
  @Nullable String column(TableName table);

  /** The catalogued table that is written so, with its schema; null for none. */
  @Nullable TableName relation(String name);
}
