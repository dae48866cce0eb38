// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.audit.log.Hash;
import org.citywall.masking.catalogue.LevelScheme;
import org.citywall.masking.catalogue.PersonType;
import org.jspecify.annotations.Nullable;

/** What of a person decides what they see. */
record Profile(
    int clearance,
    @Nullable String department,
    @Nullable PersonType type,
    Set<String> purposes,
    boolean termOver) {

  private static final int DIGITS = 16;

  static Profile of(Person person, Instant now, LevelScheme scheme) {
    return new Profile(
        Math.min(person.clearance(), scheme.highestClearance()),
        person.department(),
        person.type(),
        person.purposes(),
        !person.validAt(now));
  }

  /** The same for equal profiles only. */
  String digest() {
    StringBuilder text = new StringBuilder();
    text.append(clearance).append('\n').append(termOver).append('\n').append(type).append('\n');
    append(text, String.valueOf(department)).append(department == null);
    new TreeSet<>(purposes).forEach(purpose -> append(text, purpose));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Hash.sha256(bytes).hex().substring(0, DIGITS);
  }

  private static StringBuilder append(StringBuilder text, String part) {
    return text.append(part.length()).append(':').append(part).append('\n');
  }
}
