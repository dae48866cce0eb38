// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A session of somebody who has logged in, and who is behind it at the moment.
 *
 * @param id of the session, unique
 * @param address of the client, without port
 * @param application as the client names itself, which proves nothing
 * @param certificate that the client has shown and the proxy's authority issued; null for none
 */
public record Access(
    String id,
    Account account,
    Actor actor,
    String address,
    String database,
    String application,
    ClientCertificate.@Nullable Shown certificate) {

  /** Of a client that shows no certificate, and behind which nobody else was named. */
  public Access(String id, Account account, String address, String database, String application) {
    this(id, account, account.actors().actor(Claim.NONE), address, database, application, null);
  }

  /** The same with somebody else behind it. */
  public Access by(Actor other) {
    return new Access(id, account, other, address, database, application, certificate);
  }

  /** The same of a client that calls itself otherwise. */
  Access renamed(String other) {
    return new Access(id, account, actor, address, database, other, certificate);
  }

  public Optional<ClientCertificate.Shown> shown() {
    return Optional.ofNullable(certificate);
  }
}
