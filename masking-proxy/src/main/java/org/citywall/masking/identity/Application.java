// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.masking.policy.Person;
import org.jspecify.annotations.Nullable;

/**
 * How an application names the people behind its statements.
 *
 * @param name that it logs in by
 * @param keys by id
 * @param missing what becomes of a statement behind which nobody is named
 * @param stale of one whose token is too old
 * @param floor clearance where {@code missing} or {@code stale} are the floor
 * @param maxAge how long a token holds that is bound to nothing or to a statement
 * @param sessionMaxAge how long one holds that is bound to its session
 * @param clockSkew how far ahead the application's clock may be
 * @param persons for whom it may act, by name
 * @param departments for whose people it may act
 */
public record Application(
    String name,
    Map<String, ApplicationKey> keys,
    Otherwise missing,
    Otherwise stale,
    int floor,
    Duration maxAge,
    Duration sessionMaxAge,
    Duration clockSkew,
    Set<String> persons,
    Set<String> departments) {

  public Application {
    keys = Map.copyOf(keys);
    persons = Set.copyOf(persons);
    departments = Set.copyOf(departments);
  }

  /**
   * Whether a token is genuine, of this application, and for this session or statement.
   *
   * @param boundTo what it had to be signed for; null where it is of the wrong sort
   */
  public boolean signed(IdentityToken token, @Nullable String boundTo) {
    return boundTo != null
        && token.application().equals(name)
        && key(token).map(key -> token.isSignedBy(key.key(), boundTo)).orElse(false);
  }

  /** Whether a key is still there that was valid when the token was issued. */
  public boolean trusts(IdentityToken token, Instant now) {
    return key(token).filter(key -> key.validAt(token.issued()) && key.validAt(now)).isPresent();
  }

  private Optional<ApplicationKey> key(IdentityToken token) {
    return Optional.ofNullable(keys.get(token.keyId()));
  }

  /** Whether a token is of now: neither too old nor from the future. */
  public boolean fresh(IdentityToken token, Instant now) {
    Duration most = token.binding() == IdentityToken.Binding.SESSION ? sessionMaxAge : maxAge;
    return !token.issued().isAfter(now.plus(clockSkew)) && now.isBefore(token.issued().plus(most));
  }

  /**
   * Whether it may name this person, who is of the department that it stated.
   *
   * @param department empty where none is stated
   */
  public boolean mayActFor(Person person, String department) {
    return mayActFor(person) && (department.isEmpty() || department.equals(person.department()));
  }

  /** Whether it may name this person at all. */
  public boolean mayActFor(Person person) {
    String department = person.department();
    return persons.contains(person.name())
        || department != null && departments.contains(department);
  }
}
