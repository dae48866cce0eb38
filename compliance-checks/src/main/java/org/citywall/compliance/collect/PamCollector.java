// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a log-in with a password passes through, from {@code pam.d(5)}: {@code common-*} of Debian
 * or {@code system-auth} and {@code password-auth} of Red Hat's family, with what they include.
 * Facts: {@code modules}, a list with {@code name}, {@code type}, {@code control} and {@code
 * arguments} by name; {@code quality}, in which {@code module} tells what judges new passwords and
 * the rest are its settings, from {@code pwquality.conf} and arguments; {@code lockout}, the same
 * of pam_faillock or pam_tally2; {@code history}, with {@code remember}.
 */
final class PamCollector extends HostCollector {

  static final String NAME = "pam";

  private static final String FOLDER = "/etc/pam.d/";
  private static final List<String> ENTRIES =
      List.of("common-auth", "common-account", "common-password", "system-auth", "password-auth");
  private static final Set<String> QUALITY =
      Set.of("pam_pwquality", "pam_cracklib", "pam_passwdqc");
  private static final Set<String> LOCKOUT = Set.of("pam_faillock", "pam_tally2", "pam_tally");
  private static final Set<String> HISTORY = Set.of("pam_pwhistory", "pam_unix");
  private static final int MOST_DEEP = 8;

  private PamCollector() {
    super(NAME);
  }

  static PamCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new PamCollector();
  }

  /** A line of a service. */
  private record Module(String type, String control, String name, Map<String, String> arguments) {}

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    List<Module> modules = new ArrayList<>();
    for (String entry : ENTRIES) {
      Optional<String> text = host.read(FOLDER + entry);
      if (text.isPresent()) {
        read(host, text.get(), modules, 0);
      }
    }
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("configured", !modules.isEmpty());
    ArrayNode list = facts.putArray("modules");
    for (Module module : modules) {
      ObjectNode one = list.addObject();
      one.put("name", module.name()).put("type", module.type()).put("control", module.control());
      module.arguments().forEach(one.putObject("arguments")::put);
    }
    settings(facts.putObject("quality"), modules, QUALITY, "password", quality(host));
    settings(
        facts.putObject("lockout"),
        modules,
        LOCKOUT,
        "auth",
        KeyValues.assignments(host.read("/etc/security/faillock.conf").orElse("")));
    settings(
        facts.putObject("history"),
        modules.stream().filter(PamCollector::remembers).toList(),
        HISTORY,
        "password",
        KeyValues.assignments(host.read("/etc/security/pwhistory.conf").orElse("")));
    return facts;
  }

  private static boolean remembers(Module module) {
    return module.name().equals("pam_pwhistory") || module.arguments().containsKey("remember");
  }

  private static Map<String, String> quality(Host host) throws Uncollectable {
    Map<String, String> values = new TreeMap<>();
    for (String text :
        Folders.fragments(host, ".conf", "/etc/security/pwquality.conf.d").values()) {
      values.putAll(KeyValues.assignments(text));
    }
    values.putAll(KeyValues.assignments(host.read("/etc/security/pwquality.conf").orElse("")));
    return values;
  }

  /** The first of the modules that is in force; what it is given outweighs its file. */
  private static void settings(
      ObjectNode facts,
      List<Module> modules,
      Set<String> names,
      String type,
      Map<String, String> file) {
    for (Module module : modules) {
      if (names.contains(module.name()) && module.type().equals(type)) {
        facts.put("module", module.name());
        file.forEach(facts::put);
        module.arguments().forEach(facts::put);
        return;
      }
    }
  }

  private static void read(Host host, String text, List<Module> modules, int depth)
      throws Uncollectable {
    if (depth > MOST_DEEP) {
      throw new Uncollectable("a file of pam.d includes itself");
    }
    for (String line : KeyValues.lines(text.replace("\\\n", " ")).toList()) {
      if (line.startsWith("@include")) {
        String file = line.substring("@include".length()).strip();
        read(host, host.read(FOLDER + file).orElse(""), modules, depth + 1);
      } else {
        module(host, line, modules, depth);
      }
    }
  }

  private static void module(Host host, String line, List<Module> modules, int depth)
      throws Uncollectable {
    String type = line.split("\\s+", 2)[0];
    String rest = line.substring(type.length()).strip();
    int end = rest.startsWith("[") ? rest.indexOf(']') + 1 : firstBlank(rest);
    String control = rest.substring(0, Math.max(0, end));
    String[] words = rest.substring(Math.max(0, end)).strip().split("\\s+");
    if (control.equals("include") || control.equals("substack")) {
      if (!ENTRIES.contains(words[0])) {
        read(host, host.read(FOLDER + words[0]).orElse(""), modules, depth + 1);
      }
      return;
    }
    Map<String, String> arguments = new TreeMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      arguments.put(
          equals < 0 ? words[i] : words[i].substring(0, equals),
          equals < 0 ? "true" : words[i].substring(equals + 1));
    }
    String file = words[0].substring(words[0].lastIndexOf('/') + 1);
    String name = file.endsWith(".so") ? file.substring(0, file.length() - ".so".length()) : file;
    modules.add(
        new Module(type.startsWith("-") ? type.substring(1) : type, control, name, arguments));
  }

  private static int firstBlank(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }
    return text.length();
  }
}
