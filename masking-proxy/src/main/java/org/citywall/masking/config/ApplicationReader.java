// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.security.PublicKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.LevelScheme;
import org.citywall.masking.identity.Application;
import org.citywall.masking.identity.ApplicationKey;
import org.citywall.masking.identity.Otherwise;
import org.citywall.masking.policy.Person;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;

/** Reads how an application among the users names the people behind its statements. */
record ApplicationReader(LevelScheme scheme) {

  private static final Duration MAX_AGE = Duration.ofSeconds(60);
  private static final Duration SESSION_MAX_AGE = Duration.ofMinutes(15);
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(s|m|h)");

  Application read(Person login, YamlValue value) {
    YamlMapping application =
        value.mapping(
            "keys",
            "may-act-for",
            "missing",
            "stale",
            "floor",
            "max-age",
            "session-max-age",
            "clock-skew");
    Otherwise missing = otherwise(application, "missing");
    Otherwise stale = otherwise(application, "stale");
    boolean floor = missing == Otherwise.FLOOR || stale == Otherwise.FLOOR;
    YamlMapping people = application.require("may-act-for").mapping("persons", "departments");
    return new Application(
        login.name(),
        keys(application.require("keys")),
        missing,
        stale,
        floor ? floor(application.require("floor"), login.clearance()) : 0,
        duration(application.find("max-age"), MAX_AGE),
        duration(application.find("session-max-age"), SESSION_MAX_AGE),
        duration(application.find("clock-skew"), CLOCK_SKEW),
        texts(people, "persons"),
        texts(people, "departments"));
  }

  private int floor(YamlValue value, int clearance) {
    int floor = scheme.readClearance(value);
    if (floor > clearance) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID, "is at most the application's clearance, " + clearance);
    }
    return floor;
  }

  private static Otherwise otherwise(YamlMapping application, String key) {
    return application
        .find(key)
        .map(value -> value.choice(Otherwise.class))
        .orElse(Otherwise.REFUSE);
  }

  private static Set<String> texts(YamlMapping mapping, String key) {
    return mapping.find(key).map(value -> Set.copyOf(value.texts())).orElse(Set.of());
  }

  private static Map<String, ApplicationKey> keys(YamlValue list) {
    Map<String, ApplicationKey> keys = new LinkedHashMap<>();
    for (YamlValue value : list.list()) {
      YamlMapping key = value.mapping("id", "public-key", "valid-from", "valid-until");
      String id = key.require("id").text();
      ApplicationKey read =
          new ApplicationKey(
              id,
              publicKey(key.require("public-key")),
              key.find("valid-from").map(ProxyUsersReader::moment).orElse(null),
              key.find("valid-until").map(ProxyUsersReader::moment).orElse(null));
      if (keys.put(id, read) != null) {
        throw value.mistake(MaskingErrorCode.NAME_TWICE, "key " + id + " is there already");
      }
    }
    return keys;
  }

  private static PublicKey publicKey(YamlValue value) {
    try {
      return ApplicationKey.read(value.text());
    } catch (IllegalArgumentException e) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID, "is a public key of Ed25519: base64 of its DER");
    }
  }

  private static Duration duration(Optional<YamlValue> value, Duration usual) {
    if (value.isEmpty()) {
      return usual;
    }
    Matcher written = DURATION.matcher(value.get().text());
    if (!written.matches()) {
      throw value.get().mistake(MaskingErrorCode.VALUE_INVALID, "is a duration as 60s, 15m or 8h");
    }
    long number = Long.parseLong(written.group(1));
    return switch (written.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
