// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Logs in to the database for a session: no password, or SCRAM-SHA-256. */
final class BackendLogIn extends SimpleChannelInboundHandler<BackendMessage> {

  private static final int OK = 0;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;

  /**
   * What the database said.
   *
   * @param process with the secret, what cancels the session
   */
  record LoggedIn(Map<String, String> parameters, int process, byte[] secret) {}

  /** It did not work; the reason is for the log. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  private final Wire wire;
  private final BackendUser user;
  private final Map<String, String> wanted;
  private final CompletableFuture<LoggedIn> result = new CompletableFuture<>();
  private final Map<String, String> parameters = new LinkedHashMap<>();
  private final ScramClient scram;
  private int process;
  private byte[] secret = {};
  private boolean proven;
  private boolean asked;

  /**
   * @param wanted parameters of the session
   */
  BackendLogIn(Wire wire, BackendUser user, Map<String, String> wanted) {
    this.wire = wire;
    this.user = user;
    this.wanted = wanted;
    this.scram = new ScramClient("", user.password(), ScramServer.nonce(wire.random()));
  }

  CompletableFuture<LoggedIn> result() {
    return result;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    Map<String, String> all = new LinkedHashMap<>(wanted);
    all.put("user", user.name());
    all.put("database", wire.config().backend().database());
    all.put("client_encoding", "UTF8");
    context.writeAndFlush(new Messages(context.alloc()).startup(all));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, BackendMessage message) {
    try {
      if (message instanceof BackendMessage.Whole whole) {
        take(context, whole.type(), whole.body());
      } else {
        fail("rows before the log-in");
      }
    } catch (Scram.Failed e) {
      fail(String.valueOf(e.getMessage()));
    } finally {
      message.bytes().release();
    }
  }

  private void take(ChannelHandlerContext context, byte type, ByteBuf body) throws Scram.Failed {
    switch (type) {
      case BackendMessage.AUTHENTICATION -> authentication(context, body.readInt(), body);
      case BackendMessage.PARAMETER_STATUS ->
          parameters.put(Messages.text(body), Messages.text(body));
      case BackendMessage.BACKEND_KEY -> {
        process = body.readInt();
        secret = new byte[body.readableBytes()];
        body.readBytes(secret);
      }
      case BackendMessage.READY -> result.complete(new LoggedIn(parameters, process, secret));
      case BackendMessage.ERROR -> fail("SQLSTATE " + ErrorScrubber.state(body));
      case BackendMessage.NOTICE, BackendMessage.NEGOTIATE_VERSION -> {
        // nothing that a session rests on
      }
      default -> fail("a message of type " + type);
    }
  }

  private void authentication(ChannelHandlerContext context, int code, ByteBuf body)
      throws Scram.Failed {
    switch (code) {
      case OK -> {
        if (asked && !proven) {
          fail("the database did not prove that it knows the password");
        }
      }
      case SASL -> begin(context, body);
      case SASL_CONTINUE -> prove(context, body.toString(UTF_8));
      case SASL_FINAL -> {
        scram.verify(body.toString(UTF_8));
        proven = true;
      }
      default ->
          fail("the database wants authentication " + code + "; SCRAM-SHA-256 is what works");
    }
  }

  private void begin(ChannelHandlerContext context, ByteBuf body) {
    boolean offered = false;
    while (body.readableBytes() > 1) {
      offered |= Messages.text(body).equals(Scram.MECHANISM);
    }
    if (!offered) {
      fail("the database does not offer SCRAM-SHA-256");
      return;
    }
    asked = true;
    byte[] first = scram.first().getBytes(UTF_8);
    context.writeAndFlush(
        new Messages(context.alloc())
            .message(
                FrontendMessage.PASSWORD,
                out -> {
                  Messages.text(out, Scram.MECHANISM);
                  out.writeInt(first.length).writeBytes(first);
                }));
  }

  /** Thousands of rounds of a hash, which no other session has to wait for. */
  private void prove(ChannelHandlerContext context, String serverFirst) {
    wire.workers()
        .execute(
            () -> {
              String last;
              try {
                last = scram.last(serverFirst);
              } catch (Scram.Failed e) {
                context.executor().execute(() -> fail(String.valueOf(e.getMessage())));
                return;
              }
              context.writeAndFlush(
                  new Messages(context.alloc())
                      .message(
                          FrontendMessage.PASSWORD, out -> out.writeBytes(last.getBytes(UTF_8))));
            });
  }

  private void fail(String why) {
    result.completeExceptionally(new Refused(why));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail("the database closed the connection");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, @Nullable Throwable cause) {
    fail(String.valueOf(cause));
    context.close();
  }
}
