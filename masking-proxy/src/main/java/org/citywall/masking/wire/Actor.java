// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.function.Consumer;
import org.citywall.audit.event.Event;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.sql.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Who is behind a statement, at the moment when it was asked.
 *
 * @param name of the person; of the account that logged in where nobody else is known
 * @param application account whose log-in the person uses; null where it is their own
 * @param purpose that was declared; null for none
 * @param ticket that the statement belongs to; null for none
 * @param rights of the person through the application
 * @param person writes into an entry what is known of the person, beside all that
 * @param refusal why no statement may run that reads or writes data; null where it may
 */
public record Actor(
    String name,
    @Nullable String application,
    @Nullable String purpose,
    @Nullable String ticket,
    Rights rights,
    Consumer<Event.Builder> person,
    Verdict.@Nullable Refused refusal) {

  /** The same with what was granted for this statement alone. */
  Actor forStatement(String sql) {
    return new Actor(name, application, purpose, ticket, rights.forStatement(sql), person, refusal);
  }

  /** Somebody who logged in and declared nothing. */
  public static Actor of(String name, Rights rights, Consumer<Event.Builder> person) {
    return new Actor(name, null, null, null, rights, person, null);
  }
}
