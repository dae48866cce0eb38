// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.citywall.masking.MaskingErrorCode;

/** The database's side of a session. */
final class BackendHandler extends ChannelInboundHandlerAdapter {

  private final Session session;

  BackendHandler(Session session) {
    this.session = session;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    session.fromBackend((BackendMessage) message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    session.pause();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    session.regulate();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    session.end(Fault.fatal(MaskingErrorCode.BACKEND_UNREACHABLE, "08006"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    session.end(Fault.fatal(MaskingErrorCode.BACKEND_UNREACHABLE, "08006"));
  }
}
