// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.util.stream.Stream;
import org.citywall.audit.testing.HouseRules;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class ArchitectureTest {

  @TestFactory
  Stream<DynamicTest> obeysTheHouseRules() {
    return HouseRules.ofModule("verifier");
  }
}
