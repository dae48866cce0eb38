// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.List;
import java.util.Map;
import org.citywall.console.Actor;
import org.citywall.correlation.Severity;
import org.jspecify.annotations.Nullable;

/**
 * The incidents and what officers decide about them. Safe for use by several threads.
 *
 * <p>A decision returns when its entry is durable in the evidence log. It fails with {@code
 * CON-0020} for an unknown incident, {@code CON-0021} where {@code version} is not the incident's
 * any more (somebody else decided first), {@code CON-0022} where its state does not allow it,
 * {@code CON-0002} where the log takes nothing (nothing was changed) and {@code CON-0003} where the
 * log failed in between (the change stands and its entry follows).
 */
public interface Incidents {

  int MAX_PAGE = 200;
  int MAX_NOTE = 4000;

  /**
   * A page of the queue, newest first.
   *
   * @param after the last incident of the page before, or null for the first page
   * @param limit 1..{@link #MAX_PAGE}
   */
  IncidentQueue queue(IncidentFilter filter, @Nullable IncidentId after, int limit);

  /** Open incidents by severity; a severity without any is absent. */
  Map<Severity, Long> countOpen();

  /** Incidents that match, up to 10,000. */
  long count(IncidentFilter filter);

  Incident get(IncidentId id);

  /**
   * Entries of the log behind an incident, ascending, from the first after this leaf.
   *
   * @param after the last leaf of the page before, or -1
   * @param limit 1..{@link Incident#MAX_LEAVES}
   */
  List<Long> leaves(IncidentId id, long after, int limit);

  /** Makes it the actor's own: a new one, or one taken over from the officer it names now. */
  Incident take(Actor actor, IncidentId id, long version);

  /** Adds a note of 1..{@link #MAX_NOTE} characters; notes never conflict. */
  Incident note(Actor actor, IncidentId id, String note);

  /** Hands an open incident up; {@code note} may be empty. */
  Incident escalate(Actor actor, IncidentId id, long version, String note);

  /** Closes an open incident that needs nothing done; {@code note} may be empty. */
  Incident dismiss(Actor actor, IncidentId id, long version, DismissReason reason, String note);

  /** Closes an open incident that was dealt with; {@code note} may be empty. */
  Incident resolve(Actor actor, IncidentId id, long version, String note);

  /** Opens a closed incident again; it becomes the actor's. */
  Incident reopen(Actor actor, IncidentId id, long version, String note);

  /**
   * Takes the actor's last decision back, and with each further call the one before it. Fails with
   * {@code CON-0023} where the decision on top is somebody else's or there is none.
   */
  Incident undo(Actor actor, IncidentId id, long version);
}
