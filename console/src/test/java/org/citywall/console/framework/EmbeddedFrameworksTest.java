// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.framework;

import java.nio.file.Path;
import org.citywall.console.state.StateDatabase;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedFrameworksTest extends FrameworksContract {

  @TempDir private Path folder;

  @Override
  StateDatabase emptyDatabase() {
    return new StateDatabase.Embedded(folder);
  }
}
