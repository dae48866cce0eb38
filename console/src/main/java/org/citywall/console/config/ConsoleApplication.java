// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.config;

import java.net.URI;
import java.util.Optional;
import org.citywall.audit.secrets.Sensitive;

/** A running console. Close it before the log and the index it runs on. */
public interface ConsoleApplication extends AutoCloseable {

  /**
   * Starts the console and returns when its port listens. Fails with {@code CON-0001}, {@code
   * CON-0002}, {@code CON-0004} or {@code CON-0005}; nothing is left running then.
   */
  static ConsoleApplication start(ConsoleRuntime runtime) {
    return SpringConsole.start(runtime);
  }

  /** Address of the console, for example {@code http://127.0.0.1:8080}. */
  URI address();

  /** One-time password of the first administrator, where this start created the account. */
  Optional<Sensitive<String>> firstPassword();

  /** One of the console's own objects, for example its Accounts or its DetectionRunner. */
  <T> T service(Class<T> type);

  @Override
  void close();
}
