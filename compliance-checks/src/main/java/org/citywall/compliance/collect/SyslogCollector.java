// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a host sends its logs, from {@code rsyslog.conf(5)} with both its languages and {@code
 * journal-upload.conf(5)}; syslog-ng is not read. Facts: {@code installed} (rsyslog has a file of
 * settings); {@code forwards}, a list with {@code name} (where to), {@code protocol} ({@code udp},
 * {@code tcp} or {@code relp}) and {@code tls}.
 */
final class SyslogCollector extends HostCollector {

  static final String NAME = "syslog";

  private static final Pattern OLD =
      Pattern.compile("(?m)^\\s*[^#$\\s]\\S*\\s+(@@?)(?:\\([^)]*\\))?([^\\s;@]+)");
  private static final Pattern OLD_RELP = Pattern.compile("(?m)\\s:omrelp:([^\\s;]+)");
  private static final Pattern OLD_TLS =
      Pattern.compile("(?mi)^\\s*\\$ActionSendStreamDriverMode\\s+1\\b");
  private static final Pattern ACTION = Pattern.compile("action\\s*\\(([^)]*)\\)");
  private static final Pattern PARAMETER = Pattern.compile("([A-Za-z.]+)\\s*=\\s*\"([^\"]*)\"");

  private SyslogCollector() {
    super(NAME);
  }

  static SyslogCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new SyslogCollector();
  }

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    String main = host.read("/etc/rsyslog.conf").orElse("");
    String text =
        KeyValues.lines(
                main
                    + "\n"
                    + String.join(
                        "\n", Folders.fragments(host, ".conf", "/etc/rsyslog.d").values()))
            .collect(Collectors.joining("\n"));
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    facts.put("installed", !main.isEmpty());
    ArrayNode forwards = facts.putArray("forwards");
    old(text, forwards);
    for (Matcher found = ACTION.matcher(text); found.find(); ) {
      action(found.group(1), forwards);
    }
    String upload =
        KeyValues.shell(host.read("/etc/systemd/journal-upload.conf").orElse(""))
            .getOrDefault("URL", "");
    if (!upload.isEmpty()) {
      add(forwards, upload, "tcp", upload.startsWith("https:"));
    }
    return facts;
  }

  private static void old(String text, ArrayNode forwards) {
    boolean tls = OLD_TLS.matcher(text).find();
    for (Matcher found = OLD.matcher(text); found.find(); ) {
      boolean tcp = found.group(1).length() == 2;
      add(forwards, found.group(2), tcp ? "tcp" : "udp", tcp && tls);
    }
    for (Matcher found = OLD_RELP.matcher(text); found.find(); ) {
      add(forwards, found.group(1), "relp", false);
    }
  }

  private static void action(String parameters, ArrayNode forwards) {
    Map<String, String> values = new TreeMap<>();
    for (Matcher found = PARAMETER.matcher(parameters); found.find(); ) {
      values.put(found.group(1).toLowerCase(Locale.ROOT), found.group(2));
    }
    String target = values.getOrDefault("target", "");
    switch (values.getOrDefault("type", "")) {
      case "omfwd" -> {
        String protocol = values.getOrDefault("protocol", "udp").toLowerCase(Locale.ROOT);
        boolean tls = values.getOrDefault("streamdrivermode", "0").equals("1");
        add(forwards, target, protocol, tls && protocol.equals("tcp"));
      }
      case "omrelp" -> add(forwards, target, "relp", values.getOrDefault("tls", "").equals("on"));
      default -> {}
    }
  }

  private static void add(ArrayNode forwards, String target, String protocol, boolean tls) {
    forwards.addObject().put("name", target).put("protocol", protocol).put("tls", tls);
  }
}
