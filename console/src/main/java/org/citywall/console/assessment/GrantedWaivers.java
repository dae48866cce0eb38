// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import org.citywall.compliance.waiver.Waivers;

/** The waivers that count in assessment rounds. */
public interface GrantedWaivers {

  /**
   * Those of now, with their signatures verified; {@code CMP-0005} or {@code CMP-0006} where none
   * of them may count, and then nothing that depends on them is done.
   */
  Waivers read();
}
