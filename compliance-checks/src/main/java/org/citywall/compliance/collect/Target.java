// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is checked. */
public sealed interface Target
    permits HostTarget, MariaDbTarget, PlatformTarget, PostgresTarget, TlsTarget {

  /** For people; each target of a run has another one. */
  String name();

  /** What decides whether a check applies: its kind, its system, whether it runs. */
  JsonNode describe() throws Uncollectable;

  /** The time that its facts speak of; empty where it is asked now. */
  default Optional<Instant> asOf() {
    return Optional.empty();
  }

  /** Lets go of what was held to ask it; it can be asked again. */
  default void release() {}
}
