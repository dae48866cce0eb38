// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citywall.audit.event.Event;
import org.citywall.correlation.sigma.SigmaEvent;

/** Whom or what a hit of a Sigma rule is about: a person before a machine before an address. */
final class SigmaEntity {

  private record Kind(String prefix, List<String> fields, List<String> words) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              "user:",
              List.of("user.name", "User", "SubjectUserName", "TargetUserName"),
              List.of("user", "account")),
          new Kind(
              "host:",
              List.of("host.name", "Computer", "host.hostname", "log.syslog.hostname"),
              List.of("host", "computer")),
          new Kind(
              "source:",
              List.of("source.ip", "client.ip", "IpAddress", "source.address"),
              List.of("source", "client", "address", "ip")));

  private SigmaEntity() {}

  /** The entity of an event; its source in the log where it names none. */
  static String of(SigmaEvent fields, Event event) {
    for (Kind kind : KINDS) {
      for (String field : kind.fields()) {
        List<String> texts = fields.texts(field);
        if (!texts.isEmpty() && !texts.getFirst().isBlank()) {
          return kind.prefix() + texts.getFirst();
        }
      }
    }
    return "origin:" + event.position().source();
  }

  /** The entity that the events of a group have in common; the rule where they have none. */
  static String of(Map<String, String> group, String rule) {
    for (Kind kind : KINDS) {
      for (Map.Entry<String, String> field : group.entrySet()) {
        String name = field.getKey().toLowerCase(Locale.ROOT);
        if (!field.getValue().isBlank() && kind.words().stream().anyMatch(name::contains)) {
          return kind.prefix() + field.getValue();
        }
      }
    }
    return group.entrySet().stream()
        .findFirst()
        .map(field -> field.getKey() + ':' + field.getValue())
        .orElse("rule:" + rule);
  }
}
