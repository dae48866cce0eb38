// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import tools.jackson.databind.JsonNode;

/** Learns facts of one kind from targets of one kind. Holds no state; never tells a secret. */
public interface Collector {

  /** As checks name it. */
  String name();

  /** Whether targets of this kind have such facts. */
  boolean serves(Target target);

  /**
   * The facts.
   *
   * @throws Uncollectable with the reason, where they cannot be had
   */
  JsonNode collect(Target target) throws Uncollectable;
}
