// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class BuiltInChecksTest {

  @TestFactory
  Stream<DynamicTest> everyMistakeInACheckIsNoticedByItsFixtures() {
    return Checks.builtIn().toList().stream()
        .map(
            check ->
                DynamicTest.dynamicTest(
                    check.id(), () -> assertThat(Trial.problems(check)).isEmpty()));
  }
}
