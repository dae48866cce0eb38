// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.citywall.compliance.collect.platform.PlatformFacts;
import org.citywall.compliance.collect.platform.PlatformFacts.LogState;
import org.citywall.compliance.collect.platform.PlatformFacts.MaskingState;
import org.citywall.compliance.collect.platform.PlatformFacts.Record;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the platform tells of itself. Facts: {@code sources} ({@code name}, {@code silent}, {@code
 * gaps}, {@code rejects}), {@code retention-days}, {@code detecting}; {@code masking} with {@code
 * enforcing}, {@code tables}, {@code uncatalogued}, {@code unprotected}; {@code registers} by name,
 * each with {@code entries} (how many), {@code days-ago} (of the last one, in China), {@code good}
 * (the last one came out well) and {@code ended} (those whose last day is past). What the platform
 * cannot tell is not there.
 */
final class PlatformCollector implements Collector {

  static final String NAME = "platform";

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private PlatformCollector() {}

  static PlatformCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new PlatformCollector();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean serves(Target target) {
    return target instanceof PlatformTarget;
  }

  @Override
  public JsonNode collect(Target target) throws Uncollectable {
    if (!(target instanceof PlatformTarget platform)) {
      throw new Uncollectable("not the platform");
    }
    PlatformFacts told = platform.facts();
    LocalDate today = LocalDate.ofInstant(platform.clock().instant(), ZONE);
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    Optional<LogState> logs = told.logs();
    if (logs.isPresent()) {
      put(logs.get(), facts);
    }
    Optional<MaskingState> masking = told.masking();
    if (masking.isPresent()) {
      put(masking.get(), facts.putObject("masking"));
    }
    ObjectNode registers = facts.putObject("registers");
    told.registers()
        .forEach(
            (register, records) ->
                put(
                    records,
                    today,
                    registers.putObject(
                        register.name().toLowerCase(Locale.ROOT).replace('_', '-'))));
    return facts;
  }

  private static void put(LogState logs, ObjectNode facts) {
    facts.put("retention-days", logs.retentionDays()).put("detecting", logs.detecting());
    ArrayNode sources = facts.putArray("sources");
    for (PlatformFacts.SourceState source : logs.sources()) {
      sources
          .addObject()
          .put("name", source.name())
          .put("silent", source.silent())
          .put("gaps", source.gaps())
          .put("rejects", source.rejects());
    }
  }

  private static void put(MaskingState masking, ObjectNode facts) {
    facts.put("enforcing", masking.enforcing()).put("tables", masking.tables());
    masking.uncatalogued().forEach(facts.putArray("uncatalogued")::add);
    masking.unprotected().forEach(facts.putArray("unprotected")::add);
  }

  private static void put(List<Record> records, LocalDate today, ObjectNode facts) {
    facts.put("entries", records.size());
    records.stream()
        .filter(one -> !one.date().isAfter(today))
        .max(Comparator.comparing(Record::date))
        .ifPresent(
            last ->
                facts
                    .put("days-ago", ChronoUnit.DAYS.between(last.date(), today))
                    .put("good", last.good()));
    ArrayNode ended = facts.putArray("ended");
    records.stream()
        .filter(one -> one.until().isPresent() && one.until().get().isBefore(today))
        .map(Record::what)
        .forEach(ended::add);
  }
}
