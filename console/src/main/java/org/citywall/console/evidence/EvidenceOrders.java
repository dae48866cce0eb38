// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evidence;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.audit.bundle.EvidenceDesk;
import org.citywall.audit.bundle.EvidenceRequest;
import org.citywall.audit.bundle.FieldValue;
import org.citywall.audit.index.EventSearch;
import org.citywall.console.control.ControlServer;
import org.citywall.console.incident.IncidentId;
import org.citywall.console.incident.Incidents;
import org.jspecify.annotations.Nullable;

/**
 * Bundles that are ordered over the control socket of a server. Safe for use by several threads.
 */
public final class EvidenceOrders {

  /** The command on the control socket. */
  public static final String COMMAND = "evidence-export";

  public static final String ENTRIES = "entries";
  public static final String QUERY = "query";
  public static final String INCIDENT = "incident";

  private final EvidenceDesk desk;
  private final @Nullable EventSearch index;
  private final @Nullable Incidents incidents;
  private final Clock clock;

  /**
   * @param index null in a process that has none
   * @param incidents null likewise
   * @param clock of the zone in which queries name days
   */
  public EvidenceOrders(
      EvidenceDesk desk, @Nullable EventSearch index, @Nullable Incidents incidents, Clock clock) {
    this.desk = desk;
    this.index = index;
    this.incidents = incidents;
    this.clock = clock;
  }

  /** What to answer on the control socket, by command. */
  public Map<String, ControlServer.Handler> handlers() {
    return Map.of(COMMAND, this::export);
  }

  /**
   * Writes the bundle that is ordered: {@code to} a path, {@code person}, {@code reason}, {@code
   * subjects} and {@code withhold} (each an array of FIELD=VALUE), and one of {@code entries},
   * {@code query} and {@code incident}.
   */
  public Map<String, Object> export(Map<String, Object> order) {
    Path to = Path.of(String.valueOf(order.get("to")));
    EvidenceFile.requireNew(to);
    EvidenceSelection selection = selection(order);
    EvidenceRequest request =
        new EvidenceRequest(
            selection.leaves(),
            selection.how(),
            values(order.get("subjects")),
            values(order.get("withhold")),
            String.valueOf(order.get("person")),
            String.valueOf(order.get("reason")));
    return EvidenceFile.write(desk.make(request), to);
  }

  private EvidenceSelection selection(Map<String, Object> order) {
    if (order.get(ENTRIES) instanceof String leaves) {
      return EvidenceSelection.ofLeaves(leaves);
    }
    if (order.get(QUERY) instanceof String query && index != null) {
      return EvidenceSelection.ofQuery(query, index, clock);
    }
    if (order.get(INCIDENT) instanceof String id && incidents != null) {
      return EvidenceSelection.ofIncident(new IncidentId(id), incidents);
    }
    throw new PlatformException(EvidenceErrorCode.NOT_SELECTABLE, "this process has no such thing");
  }

  private static List<FieldValue> values(@Nullable Object texts) {
    return texts instanceof List<?> list
        ? list.stream().map(text -> FieldValue.parse(String.valueOf(text))).toList()
        : List.of();
  }
}
