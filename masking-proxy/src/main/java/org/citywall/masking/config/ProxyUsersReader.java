// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.config;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.catalogue.LevelScheme;
import org.citywall.masking.catalogue.PersonType;
import org.citywall.masking.policy.Person;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;

/** Reads the users of a {@code proxy.yaml}. */
record ProxyUsersReader(LevelScheme scheme, SecretReferences secrets) {

  /** The users of a list by name. */
  Map<String, ProxyUser> read(Optional<YamlValue> list) {
    Map<String, ProxyUser> users = new LinkedHashMap<>();
    Map<String, YamlValue> places = new LinkedHashMap<>();
    if (list.isEmpty()) {
      return users;
    }
    for (YamlValue value : list.get().list()) {
      ProxyUser user = user(value);
      String name = user.person().name();
      YamlValue earlier = places.put(name, value);
      if (earlier != null) {
        throw value.mistake(
            MaskingErrorCode.NAME_TWICE,
            "user " + name + " is there already, line " + earlier.line());
      }
      users.put(name, user);
    }
    return users;
  }

  private ProxyUser user(YamlValue value) {
    YamlMapping user =
        value.mapping(
            "name",
            "password",
            "clearance",
            "department",
            "person-type",
            "purposes",
            "valid-until");
    Set<String> purposes =
        user.find("purposes").map(list -> new HashSet<>(list.texts())).orElseGet(HashSet::new);
    return new ProxyUser(
        new Person(
            user.require("name").text(),
            scheme.readClearance(user.require("clearance")),
            user.find("department").map(YamlValue::text).orElse(null),
            user.find("person-type").map(type -> type.choice(PersonType.class)).orElse(null),
            purposes,
            user.find("valid-until").map(ProxyUsersReader::moment).orElse(null)),
        ConfiguredSecret.of(user.require("password").text(), secrets));
  }

  private static Instant moment(YamlValue value) {
    try {
      return OffsetDateTime.parse(value.text()).toInstant();
    } catch (DateTimeException e) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID,
          "is a moment with its offset, as 2027-01-01T00:00:00+08:00");
    }
  }
}
