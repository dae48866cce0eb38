// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
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
  private final Channel client;
  private final Map<String, String> wanted;

  Connecting(Wire wire, Access access, Channel client, Map<String, String> wanted) {
    this.wire = wire;
    this.access = access;
    this.client = client;
    this.wanted = wanted;
  }

  /**
   * Connects to the database and begins the session.
   *
   * @param arrived makes room for the session in the client's pipeline
   */
  void connect(Runnable arrived) {
    BackendLogIn logIn = new BackendLogIn(wire, wanted);
    bootstrap()
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
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
                                          begin(backend, in, arrived);
                                        }
                                      }));
                });
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

  private void begin(Channel backend, BackendLogIn.LoggedIn in, Runnable arrived) {
    if (!client.isActive()) {
      backend.close();
      return;
    }
    if (!backend.isActive()) {
      failed(new ClosedChannelException());
      return;
    }
    Session session = new Session(wire, access, client, backend);
    Runnable cancel = () -> cancel(in);
    session.onCancel(cancel);
    CancelKeys.Key key = wire.cancelKeys().add(cancel);
    client.closeFuture().addListener(closed -> wire.cancelKeys().remove(key));
    backend.pipeline().addLast(new BackendHandler(session));
    arrived.run();
    client
        .pipeline()
        .addLast(
            new IdleStateHandler(
                0, 0, wire.config().limits().idle().toMillis(), TimeUnit.MILLISECONDS),
            new SessionHandler(session));
    wire.recorder().loggedIn(access);
    greet(in, key);
    session.regulate();
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
                // the database answers by closing
              }
            })
        .connect(wire.config().backend().address())
        .addListener(
            (ChannelFutureListener)
                connected -> {
                  if (connected.isSuccess()) {
                    Channel channel = connected.channel();
                    channel
                        .writeAndFlush(
                            new Messages(channel.alloc()).cancel(in.process(), in.secret()))
                        .addListener(ChannelFutureListener.CLOSE);
                  }
                });
  }
}
