// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.file.Path;
import org.citywall.audit.store.TestStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What every evidence log promises, kept by one that another process keeps. */
class RemoteLogTest extends EvidenceLogContract {

  @TempDir private Path folder;

  private @Nullable TestStore store;

  @Override
  EvidenceLog open() {
    store = TestStore.start(folder);
    return store.client();
  }

  @Override
  VerifierKey key() {
    return TestStore.key();
  }

  @AfterEach
  void closeStore() {
    if (store != null) {
      store.close();
    }
  }
}
