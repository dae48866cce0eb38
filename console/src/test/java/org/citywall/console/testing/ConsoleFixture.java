// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.testing;

import java.util.Arrays;
import java.util.List;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.console.assessment.Acts;
import org.citywall.console.checking.RunLeaves;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.framework.FrameworkLeaves;
import org.citywall.console.incident.ChangePublisher;
import org.citywall.console.incident.IncidentChanges;
import org.citywall.console.incident.IncidentIntake;
import org.citywall.console.incident.Incidents;
import org.citywall.console.incident.RaisedAlert;
import org.citywall.console.incident.StoredIncidents;
import org.citywall.console.state.StateChanges;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.state.StateStore;
import org.citywall.correlation.AlertUpdate;

/** The console's objects on one database and one log, without the web. */
public final class ConsoleFixture implements AutoCloseable {

  public final StateStore store;
  public final StateChanges changes;
  public final IncidentChanges subscribers = new IncidentChanges();
  public final Incidents incidents;
  public final IncidentIntake intake;

  private ConsoleFixture(StateDatabase database, EvidenceLog log, MutableClock clock) {
    store = StateStore.open(database);
    changes = StateChanges.open(store, log, clock);
    changes.addListener(new ChangePublisher(subscribers, log.size()));
    changes.addListener(new Acts());
    changes.addListener(new RunLeaves());
    changes.addListener(new FrameworkLeaves());
    incidents = new StoredIncidents(changes);
    intake = new IncidentIntake(changes, subscribers, ConsoleRuntime.CHINA);
  }

  /** Opens everything and starts the outbox. */
  public static ConsoleFixture start(StateDatabase database, EvidenceLog log, MutableClock clock) {
    ConsoleFixture fixture = new ConsoleFixture(database, log, clock);
    try {
      fixture.changes.start();
    } catch (RuntimeException e) {
      fixture.close();
      throw e;
    }
    return fixture;
  }

  public void raise(AlertUpdate... updates) {
    intake.accept(Arrays.stream(updates).map(RaisedAlert::of).toList(), jdbc -> {});
  }

  public static List<LoggedEntry> entries(MemoryLog log) {
    return log.read(0, Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    changes.close();
    store.close();
  }
}
