// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.Set;
import org.citywall.masking.sql.facts.StatementKind;

/**
 * Lets no statement be judged while it is open who is behind it: what may change that has to be
 * answered first. Confined to the session's event loop.
 */
final class IdentityBarrier {

  private static final Set<Byte> JUDGED =
      Set.of(
          FrontendMessage.QUERY,
          FrontendMessage.PARSE,
          FrontendMessage.BIND,
          FrontendMessage.EXECUTE);

  private final Principal principal;
  private final Pipeline pipeline;
  private final Messages messages;
  private boolean up;

  IdentityBarrier(Principal principal, Pipeline pipeline, Messages messages) {
    this.principal = principal;
    this.pipeline = pipeline;
    this.messages = messages;
  }

  /** Whether the client's next message has to wait for the database; that is asked to answer. */
  boolean stops(FrontendMessage next) {
    boolean stopped =
        principal.isUnsettled()
            && JUDGED.contains(next.type())
            // a client that breaks off a copy like this is answered by the database itself
            && !pipeline.isCopying()
            && pipeline.owes(IdentityBarrier::mayChangeIdentity);
    if (stopped && !up) {
      pipeline.add(messages.empty(FrontendMessage.FLUSH));
    }
    up = stopped;
    return stopped;
  }

  /** Whether a message waits. */
  boolean isUp() {
    return up;
  }

  private static boolean mayChangeIdentity(Expected expected) {
    Execution execution = expected.execution();
    return expected.kind() == Expected.Kind.QUERY
        || expected.kind() == Expected.Kind.SYNC
        || execution != null
            && (execution.changesIdentity()
                || execution.decision().kind() == StatementKind.TRANSACTION);
  }
}
