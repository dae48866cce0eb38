// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.citywall.console.incident.IncidentChange;
import org.citywall.console.incident.IncidentChanges;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** One browser's stream: a virtual thread that carries changes from its buffer to its socket. */
final class LiveStream {

  /** Silence after which a comment is sent, which also finds out that a browser has gone. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

  /** A stream ends after this and the browser opens the next one, with its rights checked anew. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final SseEmitter emitter;
  private final IncidentChanges.Subscription subscription;
  private final LiveMessages messages;
  private final HttpSession session;
  private final Clock clock;
  private volatile boolean over;

  LiveStream(
      SseEmitter emitter,
      IncidentChanges.Subscription subscription,
      LiveMessages messages,
      HttpSession session,
      Clock clock) {
    this.emitter = emitter;
    this.subscription = subscription;
    this.messages = messages;
    this.session = session;
    this.clock = clock;
  }

  void start(Runnable whenOver) {
    emitter.onCompletion(this::over);
    emitter.onError(problem -> over());
    Thread.ofVirtual()
        .name("live")
        .start(
            () -> {
              try {
                run();
              } finally {
                complete();
                whenOver.run();
              }
            });
  }

  void end() {
    subscription.close();
  }

  private void over() {
    over = true;
    subscription.close();
  }

  // A response that its browser left must not be touched: the server may have given it to another.
  private void complete() {
    boolean alive = !over;
    over();
    if (alive) {
      try {
        emitter.complete();
      } catch (IllegalStateException e) {
        LOG.atDebug().setCause(e).log("A live stream was over already");
      }
    }
  }

  private void run() {
    try {
      emitter.send(SseEmitter.event().comment("open").reconnectTime(2000));
      Instant end = clock.instant().plus(LIFE);
      while (!subscription.closed() && loggedIn() && clock.instant().isBefore(end)) {
        IncidentChange change = subscription.next(HEARTBEAT);
        if (!loggedIn()) {
          return;
        }
        send(change);
      }
    } catch (IOException | IllegalStateException e) {
      // The browser has gone; it resumes on a stream of its own.
      over();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(@Nullable IncidentChange change) throws IOException {
    switch (change) {
      case null -> emitter.send(SseEmitter.event().comment("still here"));
      case IncidentChange.Acted acted ->
          emitter.send(
              SseEmitter.event()
                  .id(Long.toString(acted.leaf()))
                  .name("incident")
                  .data(messages.of(acted), MediaType.APPLICATION_JSON));
      case IncidentChange.Grew grew ->
          emitter.send(
              SseEmitter.event().name("grew").data(messages.of(grew), MediaType.APPLICATION_JSON));
      case IncidentChange.Reload reload ->
          emitter.send(SseEmitter.event().name("reload").data("null", MediaType.APPLICATION_JSON));
    }
  }

  private boolean loggedIn() {
    try {
      return session.getCreationTime() > 0;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
