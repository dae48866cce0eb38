// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

/** A log of version 1 keeps the promises of every log. */
class OneTreeLogTest extends EvidenceLogContract {

  @TempDir private Path dataDir;

  @Override
  EvidenceLog open() {
    return EvidenceLogs.open(
        dataDir, FileLogTest.OPTIONS, TestKeys.SIGNER, Clock.systemUTC(), new SecureRandom());
  }

  @Override
  VerifierKey key() {
    return TestKeys.SIGNER.verifierKey();
  }
}
