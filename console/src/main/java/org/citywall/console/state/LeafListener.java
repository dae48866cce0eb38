// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import java.util.List;
import org.citywall.audit.log.LoggedEntry;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hears where the log put the entries of changes, in the order of leaves. */
public interface LeafListener {

  /** Notes the leaves in the transaction that takes the entries out of the outbox. */
  void noted(JdbcClient jdbc, List<LoggedEntry> entries);

  /** The leaves are noted; tell whoever waits. Must not throw. */
  void published(List<LoggedEntry> entries);
}
