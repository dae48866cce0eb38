// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.util.Optional;
import org.citywall.audit.event.Field;
import org.citywall.console.Actor;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;
import org.citywall.correlation.DetectionSetup;
import org.citywall.correlation.DetectionSetup.Part;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records in the log what detection reasons with: one entry for each part that is not as it was
 * recorded last, none at a restart with the same rules and context. Used by one thread.
 */
final class SetupJournal {

  static final String RULES_CHANGED = "detection-rules-changed";
  static final String CONTEXT_CHANGED = "detection-context-changed";

  private final StateChanges changes;
  private @Nullable DetectionSetup recorded;

  SetupJournal(StateChanges changes) {
    this.changes = changes;
  }

  /**
   * Returns when the log knows this setup; {@code CON-0002} or {@code CON-0003} while it takes
   * nothing.
   */
  void record(DetectionSetup setup) {
    if (setup.equals(recorded)) {
      return;
    }
    record(RULES_CHANGED, setup.rules());
    record(CONTEXT_CHANGED, setup.context());
    recorded = setup;
  }

  private void record(String action, Part part) {
    if (changes.store().read(jdbc -> last(jdbc, action)).filter(part::equals).isPresent()) {
      return;
    }
    changes.change(
        journal -> {
          store(journal.jdbc(), action, part);
          return write(journal, action, part);
        });
  }

  private static Object write(Journal journal, String action, Part part) {
    return journal.record(
        event ->
            event
                .put(Field.EVENT_ACTION, action)
                .put(Field.USER_NAME, Actor.SYSTEM.user())
                .put(Field.GOV_CONTENT_VERSION, part.version())
                .put(Field.GOV_CONTENT_HASH, part.digest()));
  }

  private static Optional<Part> last(JdbcClient jdbc, String action) {
    return jdbc.sql("select version, digest from detection_setup where action = :action")
        .param("action", action)
        .query((row, n) -> new Part(row.getString("version"), row.getString("digest")))
        .optional();
  }

  private static void store(JdbcClient jdbc, String action, Part part) {
    jdbc.sql("delete from detection_setup where action = :action").param("action", action).update();
    jdbc.sql("insert into detection_setup (action, version, digest) values (:action, :v, :digest)")
        .param("action", action)
        .param("v", part.version())
        .param("digest", part.digest())
        .update();
  }
}
