// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;

class OutletTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Outlet outlet = new Outlet(channel);

  @Test
  void sendsSmallMessagesInOnePieceWhenItIsFlushed() {
    ByteBuf first = text("first ");
    outlet.write(first);
    outlet.write(text("second"));

    assertThat(channel.<ByteBuf>readOutbound()).isNull();
    assertThat(first.refCnt()).isZero();

    outlet.flush();

    assertThat(taken()).isEqualTo("first second");
    assertThat(channel.<ByteBuf>readOutbound()).isNull();
  }

  @RandomizedTest
  void keepsTheOrderOfSmallAndLargeMessages(RandomGenerator random) {
    ByteBuf sent = Unpooled.buffer();
    for (int i = 0; i < 200; i++) {
      byte[] bytes =
          new byte[random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(99)];
      random.nextBytes(bytes);
      sent.writeBytes(bytes);
      outlet.write(Unpooled.copiedBuffer(bytes));
      if (random.nextInt(20) == 0) {
        outlet.flush();
      }
    }
    outlet.flush();

    ByteBuf received = Unpooled.buffer();
    for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
      received.writeBytes(piece);
      piece.release();
    }
    assertThat(ByteBufUtil.hexDump(received)).isEqualTo(ByteBufUtil.hexDump(sent));
  }

  @Test
  void takesNothingMoreBehindTheLastMessage() {
    outlet.write(text("before "));
    outlet.close(text("last"));
    ByteBuf late = text("late");
    outlet.write(late);
    outlet.flush();

    assertThat(taken() + taken()).isEqualTo("before last");
    assertThat(channel.<ByteBuf>readOutbound()).isNull();
    assertThat(late.refCnt()).isZero();
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void keepsNoMemoryOfAConnectionThatIsGone() {
    channel.close();
    ByteBuf last = text("last");

    outlet.close(last);

    assertThat(last.refCnt()).isZero();
  }

  private String taken() {
    ByteBuf piece = channel.readOutbound();
    try {
      return piece.toString(UTF_8);
    } finally {
      piece.release();
    }
  }

  private static ByteBuf text(String text) {
    return Unpooled.copiedBuffer(text, UTF_8);
  }
}
