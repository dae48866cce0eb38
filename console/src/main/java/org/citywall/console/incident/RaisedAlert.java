// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.util.ArrayList;
import java.util.List;
import org.citywall.correlation.Alert;
import org.citywall.correlation.AlertUpdate;

/**
 * An alert on its way into an incident: its newest form and what was added since it was stored.
 *
 * @param added leaves that are new, in order of arrival
 * @param triggerLeaf entry that made the newest form; at or before a stored one it is a replay
 */
public record RaisedAlert(Alert alert, List<Long> added, long triggerLeaf) {

  public RaisedAlert {
    added = List.copyOf(added);
  }

  public static RaisedAlert of(AlertUpdate update) {
    return new RaisedAlert(update.alert(), update.added(), update.triggerLeaf());
  }

  /** This followed by a later update of the same alert. */
  public RaisedAlert then(AlertUpdate update) {
    List<Long> all = new ArrayList<>(added);
    all.addAll(update.added());
    return new RaisedAlert(update.alert(), all, update.triggerLeaf());
  }
}
