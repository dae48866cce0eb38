// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DerDepthTest {

  private static boolean isAtMost(String hex, int depth) {
    return DerDepth.isAtMost(HexFormat.of().parseHex(hex.replace(" ", "")), depth);
  }

  @Test
  void countsConstructedValuesInside() {
    assertThat(isAtMost("30 06 30 04 30 02 05 00", 3)).isTrue();
    assertThat(isAtMost("30 06 30 04 30 02 05 00", 2)).isFalse();
  }

  @Test
  void countsSiblingsOnce() {
    assertThat(isAtMost("30 08 30 02 05 00 30 02 05 00", 2)).isTrue();
    assertThat(isAtMost("30 02 05 00 30 02 05 00", 1)).isTrue();
  }

  @Test
  void readsLongTagsAndLengths() {
    assertThat(isAtMost("3F 81 01 81 02 05 00", 1)).isTrue();
    assertThat(isAtMost("30 83 00 00 02 05 00", 1)).isTrue();
  }

  @Test
  void followsIndefiniteLengths() {
    assertThat(isAtMost("30 80 05 00 00 00", 1)).isTrue();
    assertThat(isAtMost("30 80 30 80 00 00 00 00", 1)).isFalse();
  }

  @Test
  void refusesWhatIsCutShort() {
    for (String hex :
        new String[] {"30", "30 05 05 00", "05 01", "3F 81", "30 84 01", "04 80 00"}) {
      assertThat(isAtMost(hex, 9)).as(hex).isFalse();
    }
  }

  @Test
  void refusesLengthsBeyondAnyInput() {
    assertThat(isAtMost("30 88 FF FF FF FF FF FF FF FF", 9)).isFalse();
    assertThat(isAtMost("04 84 7F FF FF FF 00", 9)).isFalse();
  }
}
