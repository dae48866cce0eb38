// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.audit.secrets.SecretStore;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.console.exposure.SubjectKeys;
import org.jspecify.annotations.Nullable;

/**
 * What {@code citywall.yaml} says of the exposure ledger: section {@code exposure} with {@code
 * subject-keys}, secrets or references to them, the one in use first.
 *
 * @param file that they stand in; null where nothing is said
 * @param references empty where nothing is said
 */
record ExposureConfig(@Nullable Path file, List<String> references) {

  static final String KEY = "exposure";

  /** Nothing is said: the key is in a file of the data folder. */
  static final ExposureConfig USUAL = new ExposureConfig(null, List.of());

  private static final String KEYS = "subject-keys";

  /** Reads the section; {@code CLI-0001} where it is malformed. */
  static ExposureConfig of(Map<String, Object> yaml, Path file) {
    Object value = yaml.get(KEY);
    if (value == null) {
      return USUAL;
    }
    if (!(value instanceof Map<?, ?> section)
        || !Set.of(KEYS).equals(section.keySet())
        || !(section.get(KEYS) instanceof List<?> list)
        || list.isEmpty()) {
      throw ServerYaml.invalid(KEY + ": is a section of " + KEYS + ", a list", null);
    }
    return new ExposureConfig(file, list.stream().map(String::valueOf).toList());
  }

  /**
   * The keys; {@code AUD-0046} and others of {@link SecretReferences} where one cannot be had,
   * {@code CLI-0001} where one is too short.
   */
  SubjectKeys keys(DataFolder data, KeyVault vault, SecureRandom random) {
    Path configuration = file;
    if (configuration == null) {
      return new SubjectKeys(List.of(SubjectKey.of(new InstalledFiles(data, random).subjectKey())));
    }
    Optional<SecretStore> store =
        vault instanceof SecretStore secrets ? Optional.of(secrets) : Optional.empty();
    SecretReferences secrets = new SecretReferences(configuration, System.getenv(), store);
    List<SubjectKey> keys = new ArrayList<>();
    for (String reference : references) {
      try {
        keys.add(SubjectKey.of(secrets.resolve(reference)));
      } catch (IllegalArgumentException e) {
        throw tooShort(e);
      }
    }
    return new SubjectKeys(keys);
  }

  private static PlatformException tooShort(IllegalArgumentException cause) {
    return ServerYaml.invalid(KEYS + ": " + cause.getMessage(), cause);
  }
}
