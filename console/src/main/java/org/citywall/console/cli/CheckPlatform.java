// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.collect.Uncollectable;
import org.citywall.compliance.collect.platform.PlatformFacts;
import org.citywall.console.control.ControlClient;
import org.citywall.console.detection.DetectionHealth;
import org.citywall.console.retention.RetentionCommands;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.config.ProxyMode;
import org.citywall.masking.discovery.CatalogueComparison;
import org.citywall.masking.discovery.CatalogueGap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The platform's own state: of a running server by its socket, of the database behind a proxy by
 * the proxy's login, and of registers that people keep in a file.
 *
 * @param data folder of the server; null where none is asked
 * @param proxy its configuration; null where there is none
 * @param registersFile a file of registers; null where there is none
 */
record CheckPlatform(@Nullable Path data, @Nullable Path proxy, @Nullable Path registersFile)
    implements PlatformFacts {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** The file of registers. */
  record RegistersFile(Map<String, List<Line>> registers) {}

  /**
   * A line of it.
   *
   * @param good true where absent
   */
  record Line(
      @Nullable LocalDate date,
      @Nullable String what,
      @Nullable Boolean good,
      @Nullable LocalDate until) {}

  @Override
  public Optional<LogState> logs() throws Uncollectable {
    if (data == null) {
      return Optional.empty();
    }
    try {
      ControlClient server = new ControlClient(new DataFolder(data).controlSocket());
      Map<String, Object> status = server.send("status", Map.of());
      Map<String, Object> kept = server.send(RetentionCommands.SHOW, Map.of());
      List<SourceState> sources = new ArrayList<>();
      if (server.send(Server.SOURCES, Map.of()).get("sources") instanceof List<?> list) {
        for (Object one : list) {
          sources.add(source((Map<?, ?>) one));
        }
      }
      return Optional.of(
          new LogState(
              sources,
              number(kept.get("days")),
              DetectionHealth.State.FOLLOWING.name().equals(status.get("detection.state"))));
    } catch (PlatformException e) {
      throw new Uncollectable("the server cannot be asked: " + e.getMessage(), e);
    }
  }

  private static SourceState source(Map<?, ?> one) {
    return new SourceState(
        String.valueOf(one.get("name")),
        Boolean.TRUE.equals(one.get("silent")),
        number(one.get("gaps")),
        number(one.get("rejects")));
  }

  private static int number(@Nullable Object value) {
    return value instanceof Number number ? Math.toIntExact(number.longValue()) : 0;
  }

  @Override
  public Optional<MaskingState> masking() throws Uncollectable {
    if (proxy == null) {
      return Optional.empty();
    }
    try (ProxyVault vault = ProxyVault.open(proxy, Clock.systemUTC())) {
      ProxyConfig config = ProxyConfig.read(proxy, System.getenv(), vault.store());
      CatalogueComparison found = CatalogueRun.compare(config);
      List<String> uncatalogued = new ArrayList<>();
      List<String> unprotected = new ArrayList<>();
      for (CatalogueGap gap : found.gaps()) {
        String name = gap.table() + (gap.column() == null ? "" : "." + gap.column());
        switch (gap.kind()) {
          case TABLE_UNCATALOGUED, COLUMN_UNCATALOGUED -> uncatalogued.add(name);
          case WITHOUT_MASK, MASK_UNFIT, CATEGORY_WITHOUT_RULES -> unprotected.add(name);
          case TABLE_MISSING, COLUMN_MISSING, TYPE_CHANGED -> {}
        }
      }
      return Optional.of(
          new MaskingState(
              config.mode() == ProxyMode.ENFORCE, found.tables(), uncatalogued, unprotected));
    } catch (PlatformException e) {
      throw new Uncollectable("the proxy's database cannot be asked: " + e.getMessage(), e);
    }
  }

  @Override
  public Map<Register, List<Record>> registers() throws Uncollectable {
    if (registersFile == null) {
      return Map.of();
    }
    try {
      RegistersFile read = YAML.readValue(TextFile.read(registersFile), RegistersFile.class);
      Map<Register, List<Record>> all = new EnumMap<>(Register.class);
      for (Map.Entry<String, List<Line>> register : read.registers().entrySet()) {
        List<Record> records = new ArrayList<>();
        for (Line line : register.getValue()) {
          records.add(record(line));
        }
        all.put(
            Register.valueOf(register.getKey().toUpperCase(Locale.ROOT).replace('-', '_')),
            records);
      }
      return all;
    } catch (JacksonException
        | PlatformException
        | IllegalArgumentException
        | NullPointerException e) {
      throw new Uncollectable("the registers are not understood: " + e.getMessage(), e);
    }
  }

  private static Record record(Line line) {
    return new Record(
        Objects.requireNonNull(line.date(), "a line has no date"),
        Objects.requireNonNullElse(line.what(), ""),
        line.good() == null || line.good(),
        Optional.ofNullable(line.until()));
  }
}
