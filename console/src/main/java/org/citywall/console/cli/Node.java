// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.Optional;
import org.citywall.audit.secrets.Sensitive;

/** A process of the platform that runs in the foreground until it is asked to stop. */
interface Node extends AutoCloseable {

  /** The line that tells people and scripts where everything listens. */
  String readyLine();

  /** One-time password of the first administrator, where nobody was told one yet. */
  default Optional<Sensitive<String>> firstPassword() {
    return Optional.empty();
  }

  /** The password of {@link #firstPassword} was printed: later starts give no other. */
  default void firstPasswordTold() {}

  void requestStop();

  void awaitStop() throws InterruptedException;

  @Override
  void close();
}
