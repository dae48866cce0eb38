// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citywall.audit.event.Event;
import org.citywall.masking.policy.Rights;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who may log in.
 *
 * @param verifier null where no password is asked for
 * @param certificate null where none is asked for; there is one or the other
 * @param actors who may be behind its statements
 */
public record Account(
    String name,
    @Nullable ScramVerifier verifier,
    @Nullable ClientCertificate certificate,
    Actors actors) {

  public Account {
    if (verifier == null && certificate == null) {
      throw new IllegalArgumentException("an account without a proof");
    }
  }

  /**
   * A person who is behind each of their own statements, and proves by a password alone to be that.
   *
   * @param rights what the person may see at the moment of the call
   * @param person writes into an entry what is known of the person, beside the name
   */
  public Account(
      String name,
      ScramVerifier verifier,
      Supplier<Rights> rights,
      Consumer<Event.Builder> person) {
    this(name, verifier, null, (Actors) claim -> Actor.of(name, rights.get(), person));
  }
}
