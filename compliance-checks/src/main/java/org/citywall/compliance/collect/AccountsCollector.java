// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The accounts of a host, from {@code passwd(5)}, {@code shadow(5)}, {@code group(5)} and {@code
 * login.defs(5)}. Facts: {@code accounts}, a list with {@code name}, {@code uid}, {@code gid},
 * {@code home}, {@code shell}, {@code interactive}, {@code password} ({@code set}, {@code locked}
 * or {@code empty}; absent where the shadow file lacks the account), {@code hash} (the scheme's
 * name), {@code max-days}, {@code min-days}, {@code warn-days}, {@code inactive-days}, {@code
 * changed-days-ago} and {@code expired}; {@code groups} with {@code name}, {@code gid}, {@code
 * members}; {@code shared-uids}; {@code defaults} of login.defs. No hash is told.
 */
final class AccountsCollector extends HostCollector {

  static final String NAME = "accounts";

  private static final Set<String> NO_SHELLS =
      Set.of("nologin", "false", "true", "sync", "halt", "shutdown");
  private static final Map<String, String> SCHEMES =
      Map.of(
          "1",
          "crypt-1",
          "2a",
          "bcrypt",
          "2b",
          "bcrypt",
          "2y",
          "bcrypt",
          "5",
          "sha256",
          "6",
          "sha512",
          "y",
          "yescrypt",
          "7",
          "scrypt",
          "gy",
          "gost-yescrypt",
          "sm3",
          "sm3");

  /** That the password is in the shadow file. */
  private static final String ELSEWHERE = "x";

  private AccountsCollector() {
    super(NAME);
  }

  static AccountsCollector of(@Nullable JsonNode arguments) {
    Arguments.none(arguments);
    return new AccountsCollector();
  }

  @Override
  JsonNode collect(Host host) throws Uncollectable {
    Optional<String> passwd = host.read("/etc/passwd");
    if (passwd.isEmpty()) {
      throw new Uncollectable("/etc/passwd is missing");
    }
    Map<String, String[]> shadow = new HashMap<>();
    for (String[] line : fields(host.read("/etc/shadow").orElse(""))) {
      shadow.put(line[0], line);
    }
    ObjectNode facts = JsonNodeFactory.instance.objectNode();
    ArrayNode accounts = facts.putArray("accounts");
    Map<String, Integer> uids = new HashMap<>();
    for (String[] line : fields(passwd.get())) {
      account(accounts.addObject(), line, shadow.get(line[0]), host.today());
      uids.merge(at(line, 2), 1, Integer::sum);
    }
    ArrayNode shared = facts.putArray("shared-uids");
    uids.entrySet().stream()
        .filter(uid -> uid.getValue() > 1)
        .map(Map.Entry::getKey)
        .sorted()
        .forEach(shared::add);
    groups(facts.putArray("groups"), host.read("/etc/group").orElse(""));
    ObjectNode defaults = facts.putObject("defaults");
    KeyValues.words(host.read("/etc/login.defs").orElse("")).forEach(defaults::put);
    return facts;
  }

  private static void account(
      ObjectNode account, String[] passwd, String @Nullable [] shadow, LocalDate today) {
    String shell = at(passwd, 6);
    String program = shell.substring(shell.lastIndexOf('/') + 1);
    account
        .put("name", passwd[0])
        .put("home", at(passwd, 5))
        .put("shell", shell)
        .put("interactive", !NO_SHELLS.contains(program));
    number(account, "uid", at(passwd, 2));
    number(account, "gid", at(passwd, 3));
    String secret = shadow == null ? at(passwd, 1) : at(shadow, 1);
    if (shadow != null || !secret.equals(ELSEWHERE)) {
      account.put("password", state(secret));
    }
    if (secret.startsWith("$")) {
      String scheme = secret.substring(1, Math.max(1, secret.indexOf('$', 1)));
      account.put("hash", SCHEMES.getOrDefault(scheme, "other"));
    }
    if (shadow != null) {
      number(account, "min-days", at(shadow, 3));
      number(account, "max-days", at(shadow, 4));
      number(account, "warn-days", at(shadow, 5));
      number(account, "inactive-days", at(shadow, 6));
      dates(account, shadow, today.toEpochDay());
    }
  }

  private static void dates(ObjectNode account, String[] shadow, long today) {
    if (at(shadow, 2).matches("[0-9]{1,7}")) {
      account.put("changed-days-ago", today - Long.parseLong(at(shadow, 2)));
    }
    boolean expired = at(shadow, 7).matches("[0-9]{1,7}") && Long.parseLong(at(shadow, 7)) <= today;
    account.put("expired", expired);
  }

  /** One that is locked cannot log in by a password; by a key it can. */
  private static String state(String secret) {
    if (secret.isEmpty()) {
      return "empty";
    }
    if (secret.startsWith("!") || secret.startsWith("*")) {
      return "locked";
    }
    return "set";
  }

  private static void groups(ArrayNode groups, String text) {
    for (String[] line : fields(text)) {
      ObjectNode group = groups.addObject().put("name", line[0]);
      number(group, "gid", at(line, 2));
      ArrayNode members = group.putArray("members");
      List.of(at(line, 3).split(",")).stream()
          .filter(name -> !name.isEmpty())
          .forEach(members::add);
    }
  }

  private static void number(ObjectNode node, String name, String value) {
    if (value.matches("-?[0-9]{1,10}")) {
      node.put(name, Long.parseLong(value));
    }
  }

  private static List<String[]> fields(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split(":", -1))
        .toList();
  }

  private static String at(String[] fields, int index) {
    return index < fields.length ? fields[index] : "";
  }
}
