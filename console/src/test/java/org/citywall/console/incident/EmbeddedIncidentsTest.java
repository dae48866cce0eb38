// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import java.nio.file.Path;
import org.citywall.console.state.StateDatabase;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedIncidentsTest extends IncidentsContract {

  @TempDir private Path folder;

  @Override
  StateDatabase emptyDatabase() {
    return new StateDatabase.Embedded(folder);
  }
}
