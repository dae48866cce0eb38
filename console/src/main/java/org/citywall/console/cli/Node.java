// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.Optional;
import org.citywall.audit.secrets.Sensitive;

/** A process of the platform that runs in the foreground until it is asked to stop. */
interface Node extends AutoCloseable {

  /** The line that tells people and scripts where everything listens. */
  String readyLine();

  /** One-time password of the first administrator, where this start created the account. */
  default Optional<Sensitive<String>> firstPassword() {
    return Optional.empty();
  }

  void requestStop();

  void awaitStop() throws InterruptedException;

  @Override
  void close();
}
