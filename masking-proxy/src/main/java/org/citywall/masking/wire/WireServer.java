// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.SqlGate;

/** Listens for clients of PostgreSQL and takes them, masked, to the database behind. */
public final class WireServer implements AutoCloseable {

  private static final Duration SCHEMA_EVERY = Duration.ofSeconds(10);
  private static final int SALT_KEY = 32;

  /**
   * One for two processors, of which the other analyses, records and collects: with more of them
   * each finds less to do when it wakes, and waking costs as much as what there is to do.
   */
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          Math.max(1, Runtime.getRuntime().availableProcessors() / 2), NioIoHandler.newFactory());

  private final ExecutorService workers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("proxy-worker-", 0).factory());
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final SchemaCache schemas;
  private final Channel listener;

  private WireServer(
      WireConfig config,
      SqlGate gate,
      Directory directory,
      Recorder recorder,
      LookUpBook lookUps,
      SubjectBook subjects,
      SecureRandom random) {
    this.schemas = new SchemaCache(new SchemaReader(config.backend()), SCHEMA_EVERY);
    byte[] salts = new byte[SALT_KEY];
    random.nextBytes(salts);
    Wire wire =
        new Wire(
            config,
            gate,
            directory,
            recorder,
            lookUps,
            subjects,
            schemas,
            new CancelKeys(random),
            new UserConnections(config.limits().connectionsPerUser()),
            workers,
            random,
            salts);
    try {
      this.listener = listen(wire);
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /** Listens; {@code MSK-0069} where the port cannot be had. */
  public static WireServer start(
      WireConfig config,
      SqlGate gate,
      Directory directory,
      Recorder recorder,
      LookUpBook lookUps,
      SubjectBook subjects,
      SecureRandom random) {
    return new WireServer(config, gate, directory, recorder, lookUps, subjects, random);
  }

  private Channel listen(Wire wire) {
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel client) {
                    accept(wire, client);
                  }
                })
            .bind(wire.config().listen())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new PlatformException(
          MaskingErrorCode.PORT_TAKEN, String.valueOf(wire.config().listen()), bound.cause());
    }
    return bound.channel();
  }

  private void accept(Wire wire, Channel client) {
    if (clients.size() >= wire.config().limits().connections()) {
      client
          .writeAndFlush(
              new Messages(client.alloc())
                  .error(Fault.fatal(MaskingErrorCode.TOO_MANY_CONNECTIONS, "53300")))
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    clients.add(client);
    FrontendDecoder decoder = new FrontendDecoder(wire.config().limits());
    client.pipeline().addLast(decoder, new LogIn(wire, decoder));
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** Clients at the moment. */
  public int connections() {
    return clients.size();
  }

  /** Ends every session. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    stop();
  }

  private void stop() {
    clients.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    workers.shutdownNow();
    schemas.close();
  }
}
