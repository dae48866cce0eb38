// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LegibleTest {

  @Test
  void showsCharactersThatReorderOrHideText() {
    assertThat(Legible.text("a\u202eb\u200bc\u0007d"))
        .isEqualTo("a\u2039U+202E\u203ab\u2039U+200B\u203ac\u2039U+0007\u203ad");
  }

  @Test
  void keepsChineseAndLineEnds() {
    String text = "用户 张伟 登录\n\t第二行 \ud840\udc00";

    assertThat(Legible.text(text)).isSameAs(text);
  }

  @Test
  void putsEverythingOnOneLine() {
    assertThat(Legible.line("a\nb\tc")).isEqualTo("a b c");
  }

  @Test
  void refusesToReadBytesThatAreNoText() {
    assertThat(Legible.utf8(new byte[] {(byte) 0xff, 0})).isEmpty();
    assertThat(Legible.utf8("文".getBytes(StandardCharsets.UTF_8))).contains("文");
    assertThat(Legible.hex(new byte[] {(byte) 0xff, 0})).isEqualTo("000000  ff 00\n");
  }
}
