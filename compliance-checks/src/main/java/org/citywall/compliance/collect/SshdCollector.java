// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How the SSH server is set, from {@code /etc/ssh/sshd_config} and what it includes, as {@code
 * sshd_config(5)} reads it: the first value counts. Facts: {@code installed}; {@code settings} by
 * keyword in lower case, with OpenSSH's defaults where nothing is said; {@code explicit}, the
 * keywords that are said; {@code matches}, a list of Match blocks with {@code name} (the criteria)
 * and {@code settings}.
 */
final class SshdCollector extends HostCollector {

  static final String NAME = "sshd";

  private static final String FOLDER = "/etc/ssh/";
  private static final String MAIN = FOLDER + "sshd_config";
  private static final int MOST_DEEP = 16;

  /** What OpenSSH does where nothing is said (sshd_config(5) of OpenSSH 9). */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("permitrootlogin", "prohibit-password"),
          Map.entry("passwordauthentication", "yes"),
          Map.entry("permitemptypasswords", "no"),
          Map.entry("pubkeyauthentication", "yes"),
          Map.entry("hostbasedauthentication", "no"),
          Map.entry("ignorerhosts", "yes"),
          Map.entry("maxauthtries", "6"),
          Map.entry("maxsessions", "10"),
          Map.entry("logingracetime", "120"),
          Map.entry("clientaliveinterval", "0"),
          Map.entry("clientalivecountmax", "3"),
          Map.entry("loglevel", "INFO"),
          Map.entry("usepam", "no"),
          Map.entry("strictmodes", "yes"),
          Map.entry("x11forwarding", "no"),
          Map.entry("permituserenvironment", "no"),
          Map.entry("allowtcpforwarding", "yes"),
          Map.entry("port", "22"));

  private SshdCollector() {
    super(NAME);
  }

  static SshdCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new SshdCollector();
  }

  /** A block of settings: the whole server's, or those of a Match. */
  private record Block(String criteria, Map<String, String> settings) {}

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    Optional<String> main = host.read(MAIN);
    Map<String, String> said = new LinkedHashMap<>();
    List<Block> found = new ArrayList<>();
    if (main.isPresent()) {
      read(host, main.get(), new Block("", said), found, 0);
    }
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("installed", main.isPresent());
    ObjectNode settings = facts.putObject("settings");
    if (main.isPresent()) {
      Map<String, String> all = new LinkedHashMap<>(DEFAULTS);
      all.putAll(said);
      all.forEach(settings::put);
    }
    ArrayNode explicit = facts.putArray("explicit");
    said.keySet().forEach(explicit::add);
    ArrayNode matches = facts.putArray("matches");
    for (Block block : found) {
      ObjectNode match = matches.addObject().put("name", block.criteria());
      ObjectNode own = match.putObject("settings");
      block.settings().forEach(own::put);
    }
    return facts;
  }

  /** A Match within an included file ends with it. */
  private static void read(Host host, String text, Block outer, List<Block> matches, int depth)
      throws Uncollectable {
    if (depth > MOST_DEEP) {
      throw new Uncollectable("sshd_config includes itself");
    }
    Block block = outer;
    for (String line : KeyValues.lines(text).toList()) {
      String[] parts = line.split("[\\s=]+", 2);
      String keyword = parts[0].toLowerCase(Locale.ROOT);
      String value = parts.length < 2 ? "" : parts[1].strip();
      switch (keyword) {
        case "match" -> {
          block = new Block(value, new LinkedHashMap<>());
          matches.add(block);
        }
        case "include" -> {
          for (String file : included(host, value)) {
            read(host, host.read(file).orElse(""), block, matches, depth + 1);
          }
        }
        default -> block.settings().putIfAbsent(keyword, unquoted(value));
      }
    }
  }

  private static List<String> included(Host host, String patterns) throws Uncollectable {
    List<String> files = new ArrayList<>();
    for (String pattern : patterns.split("\\s+")) {
      String path = unquoted(pattern);
      String absolute = path.startsWith("/") ? path : FOLDER + path;
      int slash = absolute.lastIndexOf('/');
      String name = absolute.substring(slash + 1);
      String regex = ("\\Q" + name + "\\E").replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
      for (String file : host.list(absolute.substring(0, slash))) {
        if (file.matches(regex)) {
          files.add(absolute.substring(0, slash + 1) + file);
        }
      }
    }
    return files;
  }

  private static String unquoted(String value) {
    return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
