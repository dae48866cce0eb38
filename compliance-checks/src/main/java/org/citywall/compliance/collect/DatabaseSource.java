// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections with time-outs. */
@FunctionalInterface
public interface DatabaseSource {

  /** A connection of its own. */
  Connection open() throws SQLException;
}
