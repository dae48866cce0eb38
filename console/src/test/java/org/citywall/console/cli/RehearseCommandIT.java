// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.LogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearseCommandIT {

  @TempDir Path data;

  @Test
  void usesWhatAStartNeedsAndEnds() {
    assertThat(Citywall.execute("rehearse", "--data", data.toString())).isZero();

    try (LogReader log = EvidenceLogs.openReadOnly(data)) {
      List<String> recorded =
          log.read(0, 100).stream()
              .map(entry -> entry.event().text(Field.EVENT_DATASET))
              .distinct()
              .toList();
      assertThat(recorded).contains("citywall.console", "citywall.rehearsal");
    }
  }

  @Test
  void isNotOfferedToPeople() {
    assertThat(Citywall.commandLine().getUsageMessage()).doesNotContain("rehearse");
  }
}
