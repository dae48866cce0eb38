// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;

/**
 * A new state of an alert. The updates of one alert carry every entry behind it exactly once, also
 * those beyond {@link Alert#MAX_LEAVES}.
 */
public sealed interface AlertUpdate {

  /** The alert after this update. */
  Alert alert();

  /** Leaves that this update adds, in order of arrival. */
  List<Long> added();

  /** The entry whose arrival caused the update; at or above every leaf of the alert. */
  long triggerLeaf();

  /** An alert that did not exist before. */
  record Raised(Alert alert, List<Long> added, long triggerLeaf) implements AlertUpdate {
    public Raised {
      added = List.copyOf(added);
    }
  }

  /** An alert that grew: more entries, newer figures, perhaps a higher severity. */
  record Extended(Alert alert, List<Long> added, long triggerLeaf) implements AlertUpdate {
    public Extended {
      added = List.copyOf(added);
    }
  }
}
