// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records in the log that a client was denied something: once per client and right in ten minutes,
 * so that asking again and again fills nothing. Safe for use by several threads.
 */
final class Denials {

  static final Duration QUIET = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(Denials.class);
  private static final String SOURCE = "store";
  private static final int KNOWN = 1024;

  private record Denied(String client, StoreVerb verb) {}

  private final EvidenceLog log;
  private final Clock clock;
  private final long epoch;
  private final LinkedHashMap<Denied, Instant> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Denied, Instant> eldest) {
          return size() > KNOWN;
        }
      };
  private long sequence;

  Denials(EvidenceLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
    this.epoch = Micros.of(clock.instant());
  }

  /** The refusal, after it was recorded. */
  PlatformException denied(Exchange exchange, StoreVerb verb, String what) {
    PlatformException refusal =
        new PlatformException(
            AuditErrorCode.STORE_DENIED, "client '" + exchange.client() + "' may not: " + what);
    record(exchange, verb, what);
    return refusal;
  }

  private synchronized void record(Exchange exchange, StoreVerb verb, String what) {
    Instant now = clock.instant();
    Denied denied = new Denied(exchange.client(), verb);
    Instant last = recent.get(denied);
    if (last != null && now.isBefore(last.plus(QUIET))) {
      return;
    }
    LOG.atWarn()
        .addKeyValue("store.client", exchange.client())
        .addKeyValue("store.verb", verb)
        .log("a client of the store was denied");
    try {
      log.append(List.of(new Entry(EntryKind.EVENT, event(exchange, verb, what, now))));
      recent.put(denied, now);
    } catch (PlatformException e) {
      LOG.atError().setCause(e).log("a denial could not be recorded");
    }
  }

  private Event event(Exchange exchange, StoreVerb verb, String what, Instant now) {
    InetSocketAddress peer = exchange.http().getRemoteAddress();
    return Event.builder(new SourcePosition(SOURCE, epoch, ++sequence), now, now)
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_MODULE, "citywall")
        .put(Field.EVENT_DATASET, "citywall.store")
        .put(Field.EVENT_CATEGORY, List.of("network"))
        .put(Field.EVENT_TYPE, List.of("denied"))
        .put(Field.EVENT_ACTION, "store-denied")
        .put(Field.EVENT_OUTCOME, "failure")
        .put(Field.SOURCE_IP, peer.getAddress().getHostAddress())
        .put(Field.GOV_ORIGIN_ID, exchange.client())
        .put(Field.MESSAGE, "denied " + verb + ": " + what)
        .build();
  }
}
