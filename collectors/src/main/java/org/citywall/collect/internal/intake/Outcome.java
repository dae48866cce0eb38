// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import org.citywall.audit.event.EventId;
import org.citywall.collect.CollectErrorCode;

/** What became of one record. Each of them is kept; a duplicate was kept before. */
public sealed interface Outcome {

  record Accepted(EventId id) implements Outcome {}

  record Duplicate(EventId id) implements Outcome {}

  /** Kept as an event of kind {@code pipeline_error}. */
  record Rejected(EventId id, CollectErrorCode code, String reason) implements Outcome {}
}
