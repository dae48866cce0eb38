// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a client wants of its session in the start-up packet. */
record StartupParameters(Map<String, String> values) {

  static final StartupParameters NONE = new StartupParameters(Map.of());

  /** Settings that may be set at the start; what a statement means depends on none of them. */
  private static final Set<String> PASSED_ON =
      Set.of(
          "application_name",
          "datestyle",
          "intervalstyle",
          "timezone",
          "extra_float_digits",
          "statement_timeout",
          "lock_timeout",
          "idle_in_transaction_session_timeout",
          "default_transaction_isolation",
          "default_transaction_read_only");

  private static final Set<String> READ_HERE = Set.of("user", "database", "client_encoding");
  private static final Set<String> UTF8 = Set.of("utf8", "utf-8", "unicode");
  private static final String PURPOSE = "citywall.purpose";
  private static final Pattern PURPOSE_OPTION =
      Pattern.compile("\\s*(?:-c\\s*|--)citywall\\.purpose=([^\\s\\\\]+)\\s*");
  private static final String EXTENSION = "_pq_.";

  static StartupParameters read(ByteBuf body) {
    return new StartupParameters(LogIn.pairs(body));
  }

  String user() {
    return values.getOrDefault("user", "");
  }

  String application() {
    return values.getOrDefault("application_name", "");
  }

  /** What the session is for, as {@code citywall.purpose} says or {@code options}; or null. */
  @Nullable String purpose() {
    Matcher option = PURPOSE_OPTION.matcher(values.getOrDefault("options", ""));
    return values.getOrDefault(PURPOSE, option.matches() ? option.group(1) : null);
  }

  /** Extensions of the protocol that the client knows and the proxy does not. */
  List<String> extensions() {
    return values.keySet().stream().filter(name -> name.startsWith(EXTENSION)).toList();
  }

  /** Why there can be no session; empty where there can. */
  Optional<Fault> fault(String database) {
    if (user().isEmpty()) {
      return Optional.of(Fault.fatal("28000", "no PostgreSQL user name specified"));
    }
    String wanted = values.getOrDefault("database", user());
    if (!wanted.equals(database)) {
      return Optional.of(Fault.fatal("3D000", "database \"" + wanted + "\" does not exist"));
    }
    String encoding = values.getOrDefault("client_encoding", "UTF8").replace("'", "");
    if (!UTF8.contains(encoding.toLowerCase(Locale.ROOT))) {
      return Optional.of(
          Fault.fatal("22023", "the proxy reads statements in UTF8 only, not in " + encoding));
    }
    for (Map.Entry<String, String> value : values.entrySet()) {
      String name = value.getKey().toLowerCase(Locale.ROOT);
      boolean known =
          PASSED_ON.contains(name)
              || READ_HERE.contains(name)
              || name.startsWith(EXTENSION)
              || name.equals(PURPOSE)
              || name.equals("options") && isKnownOption(value.getValue())
              || name.equals("replication") && isOff(value.getValue());
      if (!known) {
        return Optional.of(
            Fault.fatal("0A000", "the proxy takes no parameter \"" + value.getKey() + "\""));
      }
    }
    return Optional.empty();
  }

  private static boolean isKnownOption(String value) {
    return value.isBlank() || PURPOSE_OPTION.matcher(value).matches();
  }

  private static boolean isOff(String value) {
    return Set.of("false", "off", "no", "0").contains(value.toLowerCase(Locale.ROOT));
  }

  /** What the database is asked for. */
  Map<String, String> forBackend() {
    Map<String, String> passed = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
            passed.put(name, value);
          }
        });
    return passed;
  }
}
