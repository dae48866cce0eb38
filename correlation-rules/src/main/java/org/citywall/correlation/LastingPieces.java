// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tells the caller of an engine which pieces of lasting state changed, and reads them back. */
final class LastingPieces {

  private static final Logger LOG = LoggerFactory.getLogger(LastingPieces.class);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /** Keys that the caller has. */
  private Set<String> kept;

  private final List<LastingState> changes = new ArrayList<>();
  private Set<String> alive = new HashSet<>();

  LastingPieces(Set<String> kept) {
    this.kept = new HashSet<>(kept);
  }

  /** Names a living piece; {@code changed} where it is not as it was told last. */
  void add(String key, KeyedState.Cell cell) {
    alive.add(key);
    if (cell.takeChanged() || !kept.contains(key)) {
      changes.add(new LastingState(key, JSON.writeValueAsString(cell.piece())));
    }
  }

  /** What changed since the last call, after {@link #add} was called for all that lives. */
  List<LastingState> take() {
    kept.removeAll(alive);
    kept.forEach(key -> changes.add(new LastingState(key, null)));
    kept = alive;
    alive = new HashSet<>();
    List<LastingState> taken = List.copyOf(changes);
    changes.clear();
    return taken;
  }

  /** The pieces whose keys begin so; one that cannot be read is left out and begins anew. */
  static <T> List<T> read(Map<String, String> lasting, String prefix, Class<T> type) {
    return lasting.entrySet().stream()
        .filter(piece -> piece.getKey().startsWith(prefix))
        .flatMap(piece -> read(piece.getKey(), piece.getValue(), type).stream())
        .toList();
  }

  private static <T> Optional<T> read(String key, String json, Class<T> type) {
    try {
      return Optional.ofNullable(JSON.readValue(json, type));
    } catch (JacksonException e) {
      LOG.atWarn()
          .addKeyValue("gov.note", key)
          .setCause(e)
          .log("a piece of lasting state cannot be read and begins anew");
      return Optional.empty();
    }
  }
}
