// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import java.util.List;
import org.citywall.audit.subject.SubjectKey;

/**
 * The keys under which persons are told apart in the log.
 *
 * @param all the one in use first, then older ones whose hashes are still in the log
 */
public record SubjectKeys(List<SubjectKey> all) {

  public SubjectKeys {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there is no subject key");
    }
  }
}
