// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

import java.util.List;
import java.util.Map;

/**
 * What is kept of a source over a restart.
 *
 * @param name name of the source
 * @param hosts the hosts it speaks for, by name
 */
record SourceMemory(String name, Rhythm.Memory rhythm, Map<String, Host> hosts) {

  SourceMemory {
    hosts = Map.copyOf(hosts);
  }

  /**
   * A host of it.
   *
   * @param marks where its counters stood (RFC 5424 section 7.3.1)
   */
  record Host(Rhythm.Memory rhythm, List<Long> marks) {

    Host {
      marks = List.copyOf(marks);
    }
  }
}
