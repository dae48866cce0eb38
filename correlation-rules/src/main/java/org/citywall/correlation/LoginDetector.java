// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.Field;

/**
 * Counts failed log-ins by the place they come from: an address, an address with an account where
 * many people share the address, or the host itself for local log-ins.
 */
final class LoginDetector implements Detector {

  private static final String PREFIX = "burst/";

  private final LoginCell.Thresholds thresholds;
  private final KeyedState<LoginCell> cells;

  /** Bursts whose cells are rebuilt while entries are read again. */
  private final Map<String, LoginBurst.Piece> kept = new HashMap<>();

  private long late;

  LoginDetector(RuleMetadata rule, EngineOptions options, Map<String, String> lasting) {
    thresholds = LoginCell.Thresholds.of(rule, options);
    cells = new KeyedState<>(options.maxKeys(), thresholds.lifeMicros());
    LastingPieces.read(lasting, PREFIX, LoginBurst.Piece.class)
        .forEach(piece -> kept.put(piece.key(), piece));
  }

  @Override
  public void observe(Observation o, ContextIndex context, Consumer<Signal> signals) {
    if (!o.event().texts(Field.EVENT_CATEGORY).contains("authentication")) {
      return;
    }
    String outcome = o.text(Field.EVENT_OUTCOME);
    String source = source(o);
    String account = o.text(Field.USER_NAME);
    boolean shared = context.context().sharedAddresses().contains(source);
    String key = shared ? source + " " + account : source;
    if (!o.again()) {
      kept.clear();
    }
    if (outcome.equals("failure")) {
      late += cell(key, source, o.clock()).failure(o, account, signals) ? 0 : 1;
    } else if (outcome.equals("success")) {
      LoginCell cell =
          kept.containsKey(key) ? cell(key, source, o.clock()) : cells.find(key, o.clock());
      if (cell != null) {
        cell.success(o, account, signals);
      }
    }
  }

  private LoginCell cell(String key, String source, long clock) {
    return cells.touch(key, clock, k -> new LoginCell(thresholds, k, source, kept.get(k)));
  }

  private static String source(Observation o) {
    Event event = o.event();
    for (Field field : new Field[] {Field.SOURCE_IP, Field.CLIENT_IP, Field.SOURCE_ADDRESS}) {
      String value = event.text(field);
      if (value != null) {
        return value;
      }
    }
    return "host:" + o.text(Field.HOST_NAME);
  }

  @Override
  public void tick(long clock, long leaf, Consumer<Signal> signals) {
    cells.expire(clock);
  }

  @Override
  public long basis() {
    return cells.basis();
  }

  @Override
  public void forget(LongPredicate destroyed) {
    kept.values().removeIf(piece -> destroyed.test(piece.newest()));
    cells.forEach((key, cell) -> cell.forget(destroyed));
  }

  @Override
  public void pieces(LastingPieces pieces) {
    cells.forEach(
        (key, cell) -> {
          if (cell.hasBurst()) {
            pieces.add(PREFIX + EventId.ofClient("burst", key), cell);
          }
        });
  }

  @Override
  public int size() {
    return cells.size();
  }

  @Override
  public long evictions() {
    return cells.evictions();
  }

  @Override
  public long late() {
    return late;
  }
}
