// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.event.EventId;

/**
 * What is known of one staging of a scenario.
 *
 * @param scenario number in the table of scenarios
 * @param instance name, unique in the truth of one run
 * @param actors accounts, addresses, keys or sources that it is about
 * @param from when its first event really happened
 * @param to when its last event really happened
 * @param decisive the event with which the definition is satisfied; of what is no attack, the last
 * @param also other scenarios whose definitions its events satisfy
 * @param parameters what was drawn
 * @param events ids of its events in order of arrival
 */
public record Truth(
    int scenario,
    String instance,
    Kind kind,
    List<String> actors,
    Instant from,
    Instant to,
    EventId decisive,
    List<Integer> also,
    Map<String, Long> parameters,
    List<EventId> events) {

  public Truth {
    actors = List.copyOf(actors);
    also = List.copyOf(also);
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    events = List.copyOf(events);
  }
}
