// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.citywall.masking.sql.TestRights;
import org.junit.jupiter.api.Test;

class DescriptionTest {

  private final Description description = new Description(new TestRights());

  @Test
  void doesNotComeFirstWhereNobodyAskedForIt() {
    assertThat(description.comesFirst(0)).isFalse();
  }

  @Test
  void comesFirstOnlyInTheGroupInWhichItWasAskedFor() {
    description.asked(3);

    assertThat(description.comesFirst(3)).isTrue();
    assertThat(description.comesFirst(4)).isFalse();
  }

  @Test
  void comesFirstInEveryGroupOnceItWasFoundGood() {
    description.asked(3);
    description.found(true);

    assertThat(description.comesFirst(9)).isTrue();
  }
}
