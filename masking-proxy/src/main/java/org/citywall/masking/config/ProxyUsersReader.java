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
import org.citywall.masking.identity.Application;
import org.citywall.masking.policy.Person;
import org.citywall.masking.policy.WorkingHoursReader;
import org.citywall.masking.wire.ClientCertificate;
import org.citywall.masking.yaml.YamlMapping;
import org.citywall.masking.yaml.YamlValue;

/**
 * Reads the users of a {@code proxy.yaml}.
 *
 * @param certificates whether clients are asked for certificates
 */
record ProxyUsersReader(LevelScheme scheme, SecretReferences secrets, boolean certificates) {

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
            "certificate",
            "clearance",
            "department",
            "person-type",
            "purposes",
            "valid-until",
            "hours",
            "application");
    Set<String> purposes =
        user.find("purposes").map(list -> new HashSet<>(list.texts())).orElseGet(HashSet::new);
    Person person =
        new Person(
            user.require("name").text(),
            scheme.readClearance(user.require("clearance")),
            user.find("department").map(YamlValue::text).orElse(null),
            user.find("person-type").map(type -> type.choice(PersonType.class)).orElse(null),
            purposes,
            user.find("valid-until").map(ProxyUsersReader::moment).orElse(null),
            user.find("hours").map(WorkingHoursReader::read).orElse(null));
    Application application =
        user.find("application")
            .map(how -> new ApplicationReader(scheme).read(person, how))
            .orElse(null);
    // who has no password is named by applications; an application is named by nobody
    Optional<YamlValue> password =
        application == null ? user.find("password") : Optional.of(user.require("password"));
    return new ProxyUser(
        person,
        password.map(text -> ConfiguredSecret.of(text.text(), secrets)).orElse(null),
        user.find("certificate").map(this::certificate).orElse(null),
        application);
  }

  private ClientCertificate certificate(YamlValue value) {
    if (!certificates) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID,
          "clients show certificates where tls has a mode other than off and a client-authority");
    }
    try {
      return new ClientCertificate(value.text());
    } catch (IllegalArgumentException e) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID,
          "is a distinguished name, as CN=ana,O=..., or a SHA-256 of 64 hexadecimal digits");
    }
  }

  static Instant moment(YamlValue value) {
    try {
      return OffsetDateTime.parse(value.text()).toInstant();
    } catch (DateTimeException e) {
      throw value.mistake(
          MaskingErrorCode.VALUE_INVALID,
          "is a moment with its offset, as 2027-01-01T00:00:00+08:00");
    }
  }
}
