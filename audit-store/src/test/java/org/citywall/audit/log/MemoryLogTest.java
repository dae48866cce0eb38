// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import org.citywall.audit.testing.MemoryLog;

class MemoryLogTest extends EvidenceLogContract {

  private final MemoryLog log = new MemoryLog();

  @Override
  EvidenceLog open() {
    return log;
  }

  @Override
  VerifierKey key() {
    return log.verifierKey();
  }
}
