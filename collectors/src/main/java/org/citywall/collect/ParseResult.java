// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import org.citywall.audit.event.Event;

/** What a parser made of a record: an event, or a reason why not. */
public sealed interface ParseResult {

  /** The record became this event, which holds its exact bytes. */
  record Parsed(Event event) implements ParseResult {}

  /**
   * The record is kept as it is.
   *
   * @param reason one English phrase without values from the record
   */
  record Rejected(RawRecord record, CollectErrorCode code, String reason) implements ParseResult {}
}
