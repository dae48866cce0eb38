// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The parts of a syslog record around its message. Filled by one reader, then only read. */
final class Envelope {

  /** PRIVAL, or -1 where the record has none. */
  int priority = -1;

  @Nullable Instant timestamp;

  /** Whether the time zone was written in the record. */
  boolean zoned;

  /** Whether the record has the form of RFC 5424. */
  boolean structured;

  @Nullable String host;
  @Nullable String program;
  @Nullable String processId;
  @Nullable String messageId;
  @Nullable String structuredData;
  String message = "";
}
