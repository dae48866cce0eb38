// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.citywall.console.incident.IncidentChanges;
import org.citywall.console.incident.Incidents;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The stream of incident changes (server-sent events). The id of an event is the leaf of its entry:
 * a browser that comes back resumes behind the last one it saw.
 */
@Controller
final class LiveController {

  /** More streams than this get 503: each holds a thread and a buffer. */
  private static final int MAX_STREAMS = 256;

  private final IncidentChanges changes;
  private final Incidents incidents;
  private final MessageSource messages;
  private final Clock clock;
  private final Set<LiveStream> streams = ConcurrentHashMap.newKeySet();

  LiveController(
      IncidentChanges changes, Incidents incidents, MessageSource messages, Clock clock) {
    this.changes = changes;
    this.incidents = incidents;
    this.messages = messages;
    this.clock = clock;
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  ResponseEntity<SseEmitter> live(
      @RequestParam(defaultValue = "-1") long after,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last,
      HttpServletRequest request,
      Locale locale) {
    HttpSession session = request.getSession(false);
    if (session == null || streams.size() >= MAX_STREAMS) {
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .header("Retry-After", "30")
          .build();
    }
    SseEmitter emitter = new SseEmitter(0L);
    LiveMessages rendered = new LiveMessages(incidents, messages, locale);
    LiveStream stream =
        new LiveStream(
            emitter, changes.subscribe(resumeAfter(after, last)), rendered, session, clock);
    streams.add(stream);
    stream.start(() -> streams.remove(stream));
    return ResponseEntity.ok().header("X-Accel-Buffering", "no").body(emitter);
  }

  /** Streams that are open now. */
  int open() {
    return streams.size();
  }

  // Before the web server stops: it would report each open stream as timed out.
  @EventListener(ContextClosedEvent.class)
  void close() {
    streams.forEach(LiveStream::end);
  }

  private static long resumeAfter(long after, @Nullable String last) {
    try {
      return last == null || last.isBlank() ? after : Math.max(after, Long.parseLong(last.strip()));
    } catch (NumberFormatException e) {
      return after;
    }
  }
}
