// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.checking;

import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.state.LeafListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notes where the log put the entries that tell of runs. */
public final class RunLeaves implements LeafListener {

  static final String DONE = "compliance-checks-run";

  @Override
  public void noted(JdbcClient jdbc, List<LoggedEntry> entries) {
    for (LoggedEntry entry : entries) {
      if (entry.event().has(Field.EVENT_ACTION)
          && DONE.equals(entry.event().text(Field.EVENT_ACTION))) {
        RunRow.noted(jdbc, entry.event().id(), entry.leaf());
      }
    }
  }

  @Override
  public void published(List<LoggedEntry> entries) {
    // Pages read runs when they are opened.
  }
}
