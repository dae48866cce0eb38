// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.CollectorConfig.RequestLimits;
import org.citywall.collect.IngestToken;
import org.citywall.collect.Parser;
import org.citywall.collect.internal.intake.Channel;
import org.citywall.collect.internal.intake.Intake;
import org.citywall.collect.internal.intake.Receipt;
import org.citywall.collect.internal.intake.SourceKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/events} with a bearer token: one JSON object per line, plain or gzip. Answers 200
 * when every line is durable. Answers 503, and 429 where this sender itself asks too much at a
 * time, with {@code Retry-After} when it is not: then the same lines may be sent again.
 */
final class HttpSession implements Session {

  private static final Logger LOG = LoggerFactory.getLogger(HttpSession.class);
  private static final String PATH = "/v1/events";

  /** A disk that refuses for longer is not waited for: the client may have lines of others. */
  private static final Duration DURABLE_WITHIN = Duration.ofSeconds(20);

  /**
   * Types in which lines of JSON are sent, curl's habit of calling everything a form among them.
   */
  private static final Set<String> TYPES =
      Set.of(
          "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines",
          "application/json",
          "application/octet-stream",
          "application/x-www-form-urlencoded",
          "text/plain");

  private final Intake intake;
  private final Parser parser;
  private final Tokens tokens;
  private final RequestLimits limits;
  private final int maxRecord;
  private final BufferBudget budget;

  HttpSession(
      Intake intake,
      Parser parser,
      List<IngestToken> tokens,
      RequestLimits limits,
      int maxRecord,
      BufferBudget budget) {
    this.intake = intake;
    this.parser = parser;
    this.tokens = new Tokens(tokens, limits);
    this.limits = limits;
    this.maxRecord = maxRecord;
    this.budget = budget;
  }

  @Override
  public void serve(Connection connection) throws IOException, InterruptedException {
    boolean goesOn = true;
    while (goesOn) {
      HttpHead head;
      try {
        head = HttpHead.read(connection);
      } catch (PlatformException e) {
        reply(e).write(connection.out(), true);
        connection.sayGoodbye();
        return;
      }
      if (head == null) {
        return;
      }
      goesOn = answer(connection, head);
      connection.recordEnded();
    }
    connection.sayGoodbye();
  }

  /** Answers a request; whether another one may follow. */
  private boolean answer(Connection connection, HttpHead head)
      throws IOException, InterruptedException {
    HttpReply reply;
    boolean goesOn = false;
    try {
      HttpBody body = new HttpBody(head, connection, limits.bodyBytes());
      reply = take(connection, head, body);
      goesOn = head.persistent() && body.isRead();
    } catch (PlatformException e) {
      reply = reply(e);
    }
    reply.write(connection.out(), !goesOn);
    return goesOn;
  }

  private HttpReply take(Connection connection, HttpHead head, HttpBody body)
      throws IOException, InterruptedException {
    IngestToken token = authorise(connection.peer(), head);
    if (!head.path().equals(PATH)) {
      return HttpReply.refusal(404, CollectErrorCode.REQUEST_MALFORMED, "no such path");
    }
    if (!head.method().equals("POST")) {
      return HttpReply.refusal(CollectErrorCode.METHOD_NOT_ALLOWED, "events are sent with POST");
    }
    requireJsonLines(head);
    boolean gzip = isGzip(head);
    try (Tokens.Turn turn = tokens.turn(token);
        BodyLines.Share memory = new BodyLines.Share(budget)) {
      return take(
          sourceName(token, connection.peer()),
          BodyLines.read(body, gzip, limits, maxRecord, memory));
    }
  }

  private HttpReply take(String source, BodyLines lines) throws InterruptedException {
    Channel channel = intake.open(source);
    try {
      Optional<Receipt> receipt = intake.offer(channel, parser, lines.frames());
      if (receipt.isEmpty()) {
        return HttpReply.refusal(
            CollectErrorCode.SPOOL_FULL, "no line was taken, send all of them again");
      }
      if (!intake.awaitDurable(receipt.get(), DURABLE_WITHIN)) {
        return HttpReply.refusal(
            503,
            CollectErrorCode.SPOOL_WRITE_FAILED,
            "not on disk in time, send all of them again");
      }
      return HttpReply.ok(HttpAnswer.batch(receipt.get().outcomes(), lines.numbers()));
    } finally {
      intake.ended(channel, true);
    }
  }

  private IngestToken authorise(Peer peer, HttpHead head) {
    try {
      return tokens.owner(head.fields().get(HttpHead.AUTHORIZATION));
    } catch (PlatformException e) {
      intake.refusals().note(SourceKind.HTTP, peer.name(), CollectErrorCode.TOKEN_INVALID);
      throw e;
    }
  }

  /** The token names the source; a certificate says besides who used it. */
  private static String sourceName(IngestToken token, Peer peer) {
    String name = SourceKind.HTTP.source(token.name());
    return peer.certificate() == null ? name : name + "/" + peer.certificate();
  }

  private static void requireJsonLines(HttpHead head) {
    String type = head.fields().getOrDefault(HttpHead.CONTENT_TYPE, "application/x-ndjson");
    String[] parts = type.toLowerCase(Locale.ROOT).split("[ \t]*;[ \t]*", -1);
    boolean utf8 = true;
    for (int i = 1; i < parts.length; i++) {
      utf8 &= !parts[i].startsWith("charset=") || parts[i].matches("charset=\"?utf-8\"?");
    }
    if (!utf8 || !TYPES.contains(parts[0])) {
      throw new PlatformException(
          CollectErrorCode.CONTENT_TYPE_UNSUPPORTED, "send lines of JSON in UTF-8");
    }
  }

  private static boolean isGzip(HttpHead head) {
    String encoding = head.fields().getOrDefault(HttpHead.CONTENT_ENCODING, "identity");
    if (encoding.equalsIgnoreCase("gzip")) {
      return true;
    }
    if (!encoding.equalsIgnoreCase("identity")) {
      throw new PlatformException(
          CollectErrorCode.CONTENT_TYPE_UNSUPPORTED, "Content-Encoding is gzip or absent");
    }
    return false;
  }

  private static HttpReply reply(PlatformException e) {
    if (e.code().category() == ErrorCategory.CALLER || e.code() instanceof CollectErrorCode) {
      String detail = String.valueOf(e.getMessage());
      return HttpReply.refusal(e.code(), detail.substring(detail.indexOf(' ') + 1));
    }
    LOG.atError().setCause(e).log("events cannot be taken");
    return HttpReply.refusal(e.code(), e.code().meaning());
  }
}
