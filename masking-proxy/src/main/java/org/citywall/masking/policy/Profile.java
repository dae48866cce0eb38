// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.audit.log.Hash;
import org.citywall.masking.catalogue.LevelScheme;
import org.citywall.masking.catalogue.Needs;
import org.citywall.masking.catalogue.PersonType;
import org.jspecify.annotations.Nullable;

/**
 * What of a person or of an application decides what may be seen.
 *
 * @param name null where no condition on rows asks for it, so that persons share their plans
 * @param purposes that count: the declared one, or each one that the person has
 * @param declared whether a purpose was declared
 * @param application an application stands for many units: where it names no department and no type
 *     of person, it is bound to none
 */
record Profile(
    @Nullable String name,
    int clearance,
    @Nullable String department,
    @Nullable PersonType type,
    Set<String> purposes,
    boolean declared,
    boolean termOver,
    boolean offHours,
    boolean application) {

  private static final int DIGITS = 16;

  /** Of who is behind a statement, and of the application that it comes through. */
  static List<Profile> of(
      StatementContext context, Instant now, LevelScheme scheme, boolean named) {
    Profile person = of(context.person(), context.purpose(), false, now, scheme, named);
    Person application = context.application();
    return application == null
        ? List.of(person)
        : List.of(person, of(application, context.purpose(), true, now, scheme, false));
  }

  private static Profile of(
      Person person,
      @Nullable String purpose,
      boolean application,
      Instant now,
      LevelScheme scheme,
      boolean named) {
    Set<String> purposes =
        purpose == null
            ? person.purposes()
            : person.purposes().contains(purpose) ? Set.of(purpose) : Set.of();
    WorkingHours hours = person.hours();
    return new Profile(
        named ? person.name() : null,
        Math.min(person.clearance(), scheme.highestClearance()),
        person.department(),
        person.type(),
        purposes,
        purpose != null,
        !person.validAt(now),
        hours != null && !hours.hold(now),
        application);
  }

  /** What they lack of what is asked for besides the clearance, or that nothing is. */
  Reason unmet(Needs needs) {
    if (needs.declaredPurpose() && !declared) {
      return Reason.PURPOSE_UNDECLARED;
    }
    boolean anyPurpose = needs.purposes().isEmpty() && !needs.declaredPurpose();
    if (!anyPurpose && purposes.stream().noneMatch(one -> serves(needs, one))) {
      return Reason.PURPOSE;
    }
    if (!meets(needs.personTypes(), type)) {
      return Reason.PERSON_TYPE;
    }
    return meets(needs.departments(), department) ? Reason.WITHIN_CLEARANCE : Reason.DEPARTMENT;
  }

  private static boolean serves(Needs needs, String purpose) {
    return needs.purposes().isEmpty() || needs.purposes().contains(purpose);
  }

  private <T> boolean meets(Set<T> asked, @Nullable T has) {
    return asked.isEmpty() || (has == null ? application : asked.contains(has));
  }

  /** The same for equal profiles only. */
  String digest() {
    StringBuilder text = new StringBuilder();
    text.append(clearance).append('\n').append(termOver).append('\n').append(type).append('\n');
    text.append(declared).append('\n').append(application).append('\n').append(offHours);
    append(text, String.valueOf(name)).append(name == null);
    append(text, String.valueOf(department)).append(department == null);
    new TreeSet<>(purposes).forEach(purpose -> append(text, purpose));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Hash.sha256(bytes).hex().substring(0, DIGITS);
  }

  private static StringBuilder append(StringBuilder text, String part) {
    return text.append(part.length()).append(':').append(part).append('\n');
  }
}
