// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.tls;

import java.io.IOException;

/** What answers speaks something else. */
final class NotTls extends IOException {

  private static final long serialVersionUID = 1L;

  NotTls() {
    super("it does not speak TLS");
  }
}
