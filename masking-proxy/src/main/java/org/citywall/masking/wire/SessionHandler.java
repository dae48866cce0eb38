// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import org.citywall.masking.MaskingErrorCode;

/** The client's side of a session. */
final class SessionHandler extends ChannelInboundHandlerAdapter {

  private final Session session;

  SessionHandler(Session session) {
    this.session = session;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    session.fromClient((FrontendMessage) message);
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
    session.end(null);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
    if (event instanceof IdleStateEvent idle) {
      if (idle.state() == IdleState.WRITER_IDLE) {
        session.unread();
      } else if (session.isIdle()) {
        session.end(Fault.fatal("57P05", "terminating connection due to idle-session timeout"));
      }
    } else {
      super.userEventTriggered(context, event);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    session.end(
        cause instanceof ProtocolFault ? Fault.fatal(MaskingErrorCode.WIRE_FAULT, "08P01") : null);
  }
}
