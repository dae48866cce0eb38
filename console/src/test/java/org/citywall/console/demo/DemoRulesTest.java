// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.citywall.correlation.sigma.Placeholders;
import org.citywall.correlation.sigma.RuleTests;
import org.citywall.correlation.sigma.SigmaRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoRulesTest {

  @Test
  void writesRulesThatLoadAndPassTheirTests(@TempDir Path folder) {
    Path rules = folder.resolve("rules");
    DemoRules.write(rules);

    SigmaRules loaded = SigmaRules.read(List.of(rules), Placeholders.NONE);
    List<RuleTests.Outcome> outcomes = RuleTests.run(List.of(rules));

    assertThat(loaded.rejections()).isEmpty();
    assertThat(loaded.notices()).isEmpty();
    assertThat(loaded.loaded()).isEqualTo(16);
    assertThat(outcomes).hasSize(13).allMatch(RuleTests.Outcome::passed);
  }

  @Test
  void leavesRulesAloneThatSomebodyEdited(@TempDir Path folder) throws IOException {
    DemoRules.write(folder);
    assertThat(folder).isEmptyDirectory();

    Path rules = folder.resolve("rules");
    DemoRules.write(rules);
    Files.writeString(rules.resolve("host.yml"), "# mine\n");
    DemoRules.write(rules);
    assertThat(rules.resolve("host.yml")).hasContent("# mine\n");
  }
}
