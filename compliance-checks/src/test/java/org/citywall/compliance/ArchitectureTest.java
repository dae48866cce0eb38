// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance;

import org.citywall.audit.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void awaitsItsFirstClass() {
    HouseRules.assertStillEmpty();
  }
}
