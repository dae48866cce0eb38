// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How Linux's audit is set, from {@code auditd.conf(5)} and the rules that {@code augenrules(8)}
 * would load. Facts: {@code configured}; {@code settings} by name in lower case; {@code rules}, how
 * many; {@code watched}, paths that are watched; {@code calls}, system calls that are recorded;
 * {@code locked}, whether rules cannot be changed until the next boot ({@code -e 2}).
 */
final class AuditdCollector extends HostCollector {

  static final String NAME = "auditd";

  private static final Pattern WATCH = Pattern.compile("(?:^|\\s)-w\\s+(\\S+)");
  private static final Pattern PATH = Pattern.compile("(?:^|\\s)-F\\s+(?:path|dir)=(\\S+)");
  private static final Pattern CALLS = Pattern.compile("(?:^|\\s)-S\\s+(\\S+)");
  private static final Pattern LOCK = Pattern.compile("-e\\s+2");

  private AuditdCollector() {
    super(NAME);
  }

  static AuditdCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new AuditdCollector();
  }

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    Optional<String> config = host.read("/etc/audit/auditd.conf");
    Map<String, String> files = Folders.fragments(host, ".rules", "/etc/audit/rules.d");
    String text =
        files.isEmpty()
            ? host.read("/etc/audit/audit.rules").orElse("")
            : String.join("\n", files.values());
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("configured", config.isPresent());
    ObjectNode settings = facts.putObject("settings");
    KeyValues.assignments(config.orElse("")).forEach(settings::put);
    rules(facts, text);
    return facts;
  }

  private static void rules(ObjectNode facts, String text) {
    TreeSet<String> watched = new TreeSet<>();
    TreeSet<String> calls = new TreeSet<>();
    int rules = 0;
    boolean locked = false;
    for (String line : KeyValues.lines(text).toList()) {
      boolean records = false;
      for (Pattern pattern : new Pattern[] {WATCH, PATH}) {
        for (Matcher found = pattern.matcher(line); found.find(); records = true) {
          watched.add(found.group(1));
        }
      }
      for (Matcher found = CALLS.matcher(line); found.find(); records = true) {
        for (String call : found.group(1).split(",")) {
          calls.add(call);
        }
      }
      rules += records ? 1 : 0;
      locked |= LOCK.matcher(line).matches();
    }
    facts.put("rules", rules).put("locked", locked);
    ArrayNode paths = facts.putArray("watched");
    watched.forEach(paths::add);
    ArrayNode names = facts.putArray("calls");
    calls.forEach(names::add);
  }
}
