// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.citywall.masking.MaskingErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from a client that has proved who it is to a session with a connection of its own. */
final class Connecting {

  private static final Logger LOG = LoggerFactory.getLogger(Connecting.class);
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Wire wire;
  private final Access access;
  private final Claim claim;
  private final Channel client;
  private final Map<String, String> wanted;

  Connecting(Wire wire, Access access, Claim claim, Channel client, Map<String, String> wanted) {
    this.wire = wire;
    this.access = access;
    this.claim = claim;
    this.client = client;
    this.wanted = wanted;
  }

  /**
   * Connects to the database and begins the session.
   *
   * @param arrived makes room for the session in the client's pipeline
   */
  void connect(Runnable arrived) {
    // a lender of logins may be asked, over the network
    CompletableFuture.supplyAsync(wire.config().backend().user(), wire.workers())
        .whenCompleteAsync(
            (user, failure) -> {
              if (failure != null) {
                failed(failure);
              } else {
                connect(user, arrived);
              }
            },
            client.eventLoop());
  }

  private void connect(BackendUser user, Runnable arrived) {
    BackendLogIn logIn = new BackendLogIn(wire, user, wanted);
    bootstrap()
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                secure(channel);
                channel.pipeline().addLast(new BackendDecoder(), logIn);
              }
            })
        .connect(wire.config().backend().address())
        .addListener(
            (ChannelFutureListener)
                connected -> {
                  if (!connected.isSuccess()) {
                    failed(connected.cause());
                    return;
                  }
                  Channel backend = connected.channel();
                  logIn
                      .result()
                      .orTimeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                      .whenComplete(
                          (in, failure) ->
                              client
                                  .eventLoop()
                                  .execute(
                                      () -> {
                                        if (failure != null) {
                                          backend.close();
                                          failed(failure);
                                        } else {
                                          backend.pipeline().remove(logIn);
                                          begin(backend, user, in, arrived);
                                        }
                                      }));
                });
  }

  private void secure(Channel channel) {
    Backend backend = wire.config().backend();
    BackendTls tls = backend.tls();
    if (tls != null) {
      channel.pipeline().addLast(new BackendHandshake(backend, tls));
    }
  }

  private Bootstrap bootstrap() {
    return new Bootstrap()
        .group(client.eventLoop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TIMEOUT_MILLIS)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true);
  }

  private void failed(Throwable why) {
    LOG.atError()
        .addKeyValue("error.code", MaskingErrorCode.BACKEND_UNREACHABLE.id())
        .setCause(why)
        .log("no session with the database");
    client
        .writeAndFlush(
            new Messages(client.alloc())
                .error(Fault.fatal(MaskingErrorCode.BACKEND_UNREACHABLE, "08006")))
        .addListener(ChannelFutureListener.CLOSE);
  }

  private void begin(
      Channel backend, BackendUser user, BackendLogIn.LoggedIn in, Runnable arrived) {
    if (!client.isActive()) {
      backend.close();
      return;
    }
    if (!backend.isActive()) {
      failed(new ClosedChannelException());
      return;
    }
    Session session = new Session(wire, access, claim, client, backend);
    Runnable cancel = () -> cancel(in);
    session.onCancel(cancel);
    WireLimits.Times times = wire.config().limits().times();
    CancelKeys.Key key = wire.cancelKeys().add(cancel);
    client.closeFuture().addListener(closed -> wire.cancelKeys().remove(key));
    backend.pipeline().addLast(new BackendHandler(session));
    arrived.run();
    client
        .pipeline()
        .addLast(
            new IdleStateHandler(
                true, 0, times.unread().toMillis(), times.idle().toMillis(), TimeUnit.MILLISECONDS),
            new SessionHandler(session));
    wire.recorder().loggedIn(access);
    greet(in, key);
    session.regulate();
    session.watch();
    new LoginTerm(wire, session, user).watch();
  }

  private void greet(BackendLogIn.LoggedIn in, CancelKeys.Key key) {
    Messages messages = new Messages(client.alloc());
    client.write(messages.authentication(0, out -> {}));
    in.parameters()
        .forEach(
            (name, value) ->
                ParameterStatus.shown(name, value, access.account().name())
                    .ifPresent(shown -> client.write(messages.parameter(name, shown))));
    client.write(messages.backendKey(key.process(), key.secret()));
    client.writeAndFlush(messages.message(BackendMessage.READY, out -> out.writeByte('I')));
  }

  /** Has the database stop what runs in this session, over a connection of its own. */
  private void cancel(BackendLogIn.LoggedIn in) {
    bootstrap()
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                secure(channel);
                channel.pipeline().addLast(new CancelRequest(in));
              }
            })
        .connect(wire.config().backend().address());
  }

  /** Asks once, and leaves. */
  private static final class CancelRequest extends ChannelInboundHandlerAdapter {

    private final BackendLogIn.LoggedIn session;

    CancelRequest(BackendLogIn.LoggedIn session) {
      this.session = session;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
      context
          .writeAndFlush(new Messages(context.alloc()).cancel(session.process(), session.secret()))
          .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LOG.atWarn().setCause(cause).log("the database could not be asked to cancel");
      context.close();
    }
  }
}
