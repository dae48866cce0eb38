// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.state;

import java.util.List;
import java.util.function.Consumer;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.console.Actor;

/** Records through the outbox, so that console entries stay in one sequence. */
public final class LoggedAuditTrail implements AuditTrail {

  private static final int MAX_TEXT = 4000;

  private final StateChanges changes;

  public LoggedAuditTrail(StateChanges changes) {
    this.changes = changes;
  }

  @Override
  public void searched(Actor actor, String query) {
    record(actor, "log-searched", event -> event.put(Field.GOV_NOTE, shortened(query)));
  }

  @Override
  public void exported(Actor actor, String what, String query) {
    record(
        actor,
        "data-exported",
        event -> event.put(Field.FILE_NAME, shortened(what)).put(Field.GOV_NOTE, shortened(query)));
  }

  @Override
  public void opened(Actor actor, long leaf) {
    record(
        actor, "entry-opened", event -> event.put(Field.GOV_LEAVES, List.of(Long.toString(leaf))));
  }

  private void record(Actor actor, String action, Consumer<Event.Builder> content) {
    changes.change(
        journal ->
            journal.record(
                event -> {
                  event
                      .put(Field.EVENT_ACTION, action)
                      .put(Field.USER_NAME, actor.user())
                      .put(Field.SOURCE_IP, actor.address());
                  content.accept(event);
                }));
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
