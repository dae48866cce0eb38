// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;

/**
 * Asks the database for TLS (PostgreSQL 18, section 54.2.11); what stands behind it in the pipeline
 * hears that the connection is there once it is encrypted and the database has proved who it is.
 */
final class BackendHandshake extends ChannelInboundHandlerAdapter {

  private final Backend backend;
  private final BackendTls tls;

  BackendHandshake(Backend backend, BackendTls tls) {
    this.backend = backend;
    this.tls = tls;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context.writeAndFlush(new Messages(context.alloc()).sslRequest());
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    ByteBuf answer = (ByteBuf) message;
    try {
      // Whatever comes with the answer was not protected: nobody may smuggle it in.
      if (answer.readableBytes() != 1 || answer.readByte() != 'S') {
        context.fireExceptionCaught(new ProtocolFault("the database does not speak TLS"));
        context.close();
        return;
      }
    } finally {
      answer.release();
    }
    SslHandler handler =
        tls.context()
            .newHandler(
                context.alloc(), backend.address().getHostString(), backend.address().getPort());
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                context.pipeline().fireChannelActive();
              }
            });
    context.pipeline().replace(this, "tls", handler);
  }
}
