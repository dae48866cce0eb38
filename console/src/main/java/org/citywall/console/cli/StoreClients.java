// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.store.StoreAccess;
import org.citywall.audit.store.StoreVerb;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@code store-clients.yaml}: who may do what at the store. */
final class StoreClients {

  private static final Set<String> KEYS = Set.of("may", "sources");

  private StoreClients() {}

  /** The rights that the file gives; none to anybody where there is no file. */
  static StoreAccess read(Path file) {
    if (!Files.exists(file)) {
      return new StoreAccess(Map.of());
    }
    try {
      Map<String, @Nullable Map<String, List<String>>> yaml =
          new YAMLMapper().readValue(Files.readString(file), new TypeReference<>() {});
      Map<String, StoreAccess.Rights> clients = new HashMap<>();
      yaml.forEach((name, rights) -> clients.put(name, rights(name, rights)));
      return new StoreAccess(clients);
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      throw invalid(file + ": " + e.getMessage(), e);
    }
  }

  private static StoreAccess.Rights rights(
      String client, @Nullable Map<String, List<String>> yaml) {
    if (yaml == null || !KEYS.containsAll(yaml.keySet())) {
      throw invalid(client + ": known are " + KEYS, null);
    }
    EnumSet<StoreVerb> verbs = EnumSet.noneOf(StoreVerb.class);
    for (String verb : yaml.getOrDefault("may", List.of())) {
      verbs.add(StoreVerb.valueOf(verb.toUpperCase(Locale.ROOT)));
    }
    return new StoreAccess.Rights(verbs, yaml.getOrDefault("sources", List.of()));
  }

  private static PlatformException invalid(String detail, @Nullable Exception cause) {
    return new PlatformException(CliErrorCode.CONFIGURATION_INVALID, detail, cause);
  }
}
