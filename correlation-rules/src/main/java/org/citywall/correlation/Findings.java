// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.List;

/** Where rules put what they conclude; the global {@code findings} of every rule file. */
public final class Findings {

  private final List<Finding> collected = new ArrayList<>();

  Findings() {}

  /** Concludes that this form of this rule holds because of this signal. */
  public Finding raise(String ruleId, String variant, Signal signal) {
    Finding finding = new Finding(ruleId, variant, signal);
    collected.add(finding);
    return finding;
  }

  List<Finding> take() {
    List<Finding> taken = List.copyOf(collected);
    collected.clear();
    return taken;
  }
}
