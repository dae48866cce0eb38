// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.framework;

import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.state.LeafListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notes where the log put the entries that tell of frameworks. */
public final class FrameworkLeaves implements LeafListener {

  @Override
  public void noted(JdbcClient jdbc, List<LoggedEntry> entries) {
    for (LoggedEntry entry : entries) {
      String action = entry.event().text(Field.EVENT_ACTION);
      if (action != null && action.startsWith(FrameworkActs.PREFIX)) {
        FrameworkActs.noted(jdbc, entry.event().id(), entry.leaf());
      }
    }
  }

  @Override
  public void published(List<LoggedEntry> entries) {
    // Pages read acts when they are opened.
  }
}
