// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.config;

import java.net.URI;
import java.util.Optional;
import org.citywall.audit.secrets.Sensitive;

/** A running console. Close it before the log and the index it runs on. */
public interface ConsoleApplication extends AutoCloseable {

  /** Address of the console, for example {@code http://127.0.0.1:8080}. */
  URI address();

  /** One-time password of the first administrator, where this start created the account. */
  Optional<Sensitive<String>> firstPassword();

  @Override
  void close();
}
