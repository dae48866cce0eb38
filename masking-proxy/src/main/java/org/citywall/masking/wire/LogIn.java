// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.Verdict;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything before a session: TLS, cancelling, the start-up packet, the password (PostgreSQL 18,
 * section 54.2.1). Whether a name exists is not told. Confined to its event loop.
 */
final class LogIn extends SimpleChannelInboundHandler<FrontendMessage> {

  private static final Logger LOG = LoggerFactory.getLogger(LogIn.class);
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;
  private static final int CANCEL_REQUEST = 80877102;
  private static final int SASL = 10;
  private static final int SASL_CONTINUE = 11;
  private static final int SASL_FINAL = 12;
  private static final String WRONG = "28P01";
  private static final String NOT_CERTIFIED = "not the client certificate of the account";

  /** What comes next. */
  private enum Stage {
    START,
    MECHANISM,
    PROOF,
    DATABASE
  }

  private final Wire wire;
  private final FrontendDecoder decoder;
  private Stage stage = Stage.START;
  private boolean secured;
  private StartupParameters parameters = StartupParameters.NONE;
  private @Nullable Account account;
  private ClientCertificate.@Nullable Shown certificate;
  private byte[] endPoint = ServerEndPoint.NONE;
  private @Nullable ScramServer scram;

  LogIn(Wire wire, FrontendDecoder decoder) {
    this.wire = wire;
    this.decoder = decoder;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    context
        .executor()
        .schedule(
            () -> {
              if (stage != Stage.DATABASE && context.channel().isActive()) {
                context.close();
              }
            },
            wire.config().limits().times().logIn().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FrontendMessage message) {
    try {
      switch (stage) {
        case START -> start(context, message.body());
        case MECHANISM -> mechanism(context, message);
        case PROOF -> proof(context, message);
        case DATABASE -> refuse(context, Fault.fatal(MaskingErrorCode.WIRE_FAULT, "08P01"));
      }
    } catch (ProtocolFault | IndexOutOfBoundsException e) {
      refuse(context, Fault.fatal(MaskingErrorCode.WIRE_FAULT, "08P01"));
    } finally {
      message.release();
    }
  }

  @Override
  public boolean acceptInboundMessage(Object message) {
    return message instanceof FrontendMessage;
  }

  private void start(ChannelHandlerContext context, ByteBuf body) {
    int code = body.readInt();
    switch (code) {
      case SSL_REQUEST -> secure(context);
      case GSS_REQUEST -> context.writeAndFlush(context.alloc().buffer(1).writeByte('N'));
      case CANCEL_REQUEST -> {
        CancelKeys.Key key = new CancelKeys.Key(body.readInt(), body.readInt());
        wire.cancelKeys().find(key).ifPresent(Runnable::run);
        context.close();
      }
      default -> startup(context, code, body);
    }
  }

  private void secure(ChannelHandlerContext context) {
    SslContext tls = wire.config().tls().context();
    if (tls == null || secured) {
      context.writeAndFlush(context.alloc().buffer(1).writeByte('N'));
      return;
    }
    secured = true;
    SslHandler handler = tls.newHandler(context.alloc());
    handler.setHandshakeTimeoutMillis(wire.config().limits().times().logIn().toMillis());
    // What was sent behind the request in the open is dropped: nobody may smuggle it in.
    decoder.forget();
    context
        .writeAndFlush(context.alloc().buffer(1).writeByte('S'))
        .addListener(done -> context.pipeline().addFirst(handler));
  }

  private void startup(ChannelHandlerContext context, int version, ByteBuf body) {
    if (version >>> 16 != 3) {
      refuse(context, Fault.fatal("0A000", "unsupported frontend protocol " + (version >>> 16)));
      return;
    }
    decoder.begun();
    parameters = StartupParameters.read(body);
    if (wire.config().tls().required() && !secured) {
      refuse(context, Fault.fatal(MaskingErrorCode.TLS_REQUIRED, "28000"));
      return;
    }
    Optional<Fault> fault = parameters.fault(wire.config().backend().database());
    if (fault.isPresent()) {
      refuse(context, fault.get());
      return;
    }
    Messages messages = new Messages(context.alloc());
    if ((version & 0xFFFF) > 0 || !parameters.extensions().isEmpty()) {
      context.write(
          messages.message(
              BackendMessage.NEGOTIATE_VERSION,
              out -> {
                out.writeInt(0x00030000).writeInt(parameters.extensions().size());
                parameters.extensions().forEach(name -> Messages.text(out, name));
              }));
    }
    certificate = certificate(context);
    endPoint = endPoint(context);
    account = wire.directory().account(parameters.user()).orElse(null);
    if (account != null && account.verifier() == null && isCertified(account)) {
      admit(context, account);
      return;
    }
    ScramVerifier verifier = account == null ? null : account.verifier();
    scram =
        new ScramServer(
            verifier == null ? ScramVerifier.ofNobody(parameters.user(), wire.salts()) : verifier,
            ScramServer.nonce(wire.random()),
            endPoint);
    stage = Stage.MECHANISM;
    context.writeAndFlush(
        messages.authentication(
            SASL,
            out -> {
              if (endPoint.length > 0) {
                Messages.text(out, Scram.BOUND_MECHANISM);
              }
              Messages.text(out, Scram.MECHANISM);
              out.writeByte(0);
            }));
  }

  private void mechanism(ChannelHandlerContext context, FrontendMessage message) {
    ByteBuf body = message.body();
    String mechanism = message.type() == FrontendMessage.PASSWORD ? Messages.text(body) : "";
    boolean bound = mechanism.equals(Scram.BOUND_MECHANISM) && endPoint.length > 0;
    if (!bound && !mechanism.equals(Scram.MECHANISM) || body.readInt() != body.readableBytes()) {
      refuse(context, Fault.fatal(MaskingErrorCode.WIRE_FAULT, "08P01"));
      return;
    }
    try {
      byte[] answer = exchange().first(body.toString(UTF_8), bound).getBytes(UTF_8);
      stage = Stage.PROOF;
      context.writeAndFlush(
          new Messages(context.alloc())
              .authentication(SASL_CONTINUE, out -> out.writeBytes(answer)));
    } catch (Scram.Failed e) {
      wrong(context, String.valueOf(e.getMessage()));
    }
  }

  private ScramServer exchange() {
    if (scram == null) {
      throw new ProtocolFault("no exchange was begun");
    }
    return scram;
  }

  private void proof(ChannelHandlerContext context, FrontendMessage message) {
    if (message.type() != FrontendMessage.PASSWORD) {
      refuse(context, Fault.fatal(MaskingErrorCode.WIRE_FAULT, "08P01"));
      return;
    }
    try {
      byte[] answer = exchange().last(message.body().toString(UTF_8)).getBytes(UTF_8);
      Account proven = account;
      if (proven == null || proven.verifier() == null || !isCertified(proven)) {
        wrong(context, proven == null ? "no such account" : NOT_CERTIFIED);
        return;
      }
      context.write(
          new Messages(context.alloc()).authentication(SASL_FINAL, out -> out.writeBytes(answer)));
      admit(context, proven);
    } catch (Scram.Failed e) {
      wrong(context, why(e));
    }
  }

  private String why(Scram.Failed failed) {
    if (account == null) {
      return "no such account";
    }
    return isCertified(account) ? String.valueOf(failed.getMessage()) : NOT_CERTIFIED;
  }

  /** What the client has shown and its authority issued; null for none. */
  private static ClientCertificate.@Nullable Shown certificate(ChannelHandlerContext context) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    try {
      return tls != null
              && tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate shown
          ? ClientCertificate.Shown.of(shown)
          : null;
    } catch (SSLPeerUnverifiedException e) {
      return null;
    }
  }

  private static byte[] endPoint(ChannelHandlerContext context) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    Certificate[] shown = tls == null ? null : tls.engine().getSession().getLocalCertificates();
    return shown == null ? ServerEndPoint.NONE : ServerEndPoint.of(shown[0]);
  }

  private boolean isCertified(Account of) {
    ClientCertificate asked = of.certificate();
    return asked == null || certificate != null && asked.is(certificate);
  }

  private void admit(ChannelHandlerContext context, Account proven) {
    stage = Stage.DATABASE;
    if (!wire.users().add(proven.name())) {
      refuse(context, Fault.fatal(MaskingErrorCode.TOO_MANY_OF_USER, "53300"));
      return;
    }
    context.channel().closeFuture().addListener(closed -> wire.users().remove(proven.name()));
    decoder.loggedIn();
    Claim claim = Claim.of(parameters.purpose());
    Actor actor = proven.actors().actor(claim);
    Verdict.Refused refused = actor.refusal();
    if (refused != null && refused.code() == MaskingErrorCode.PURPOSE_REFUSED) {
      refuse(context, Fault.fatal(refused.code(), "42501"));
      return;
    }
    Access access =
        new Access(
            UUID.randomUUID().toString(),
            proven,
            actor,
            address(context.channel()),
            wire.config().backend().database(),
            parameters.application(),
            certificate);
    context.channel().config().setAutoRead(false);
    new Connecting(wire, access, claim, context.channel(), parameters.forBackend())
        .connect(() -> context.pipeline().remove(this));
  }

  private static String address(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "";
  }

  private void wrong(ChannelHandlerContext context, String why) {
    wire.recorder().refused(parameters.user(), address(context.channel()), why);
    refuse(
        context,
        Fault.fatal(
            WRONG, "password authentication failed for user \"" + parameters.user() + "\""));
  }

  private static void refuse(ChannelHandlerContext context, Fault fault) {
    context
        .writeAndFlush(new Messages(context.alloc()).error(fault))
        .addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.atDebug().setCause(cause).log("a client did not get as far as a session");
    if (cause instanceof ProtocolFault) {
      refuse(context, Fault.fatal(MaskingErrorCode.WIRE_FAULT, "08P01"));
    } else {
      context.close();
    }
  }

  /** Parameters by name, in their order. */
  static Map<String, String> pairs(ByteBuf body) {
    Map<String, String> pairs = new LinkedHashMap<>();
    while (body.readableBytes() > 1) {
      pairs.put(Messages.text(body), Messages.text(body));
    }
    return pairs;
  }
}
