// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.CatalogueEditor;
import org.citywall.compliance.catalogue.Catalogues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameworkCommandTest {

  private static final String RULES =
      """
      catalogue: city-rules
      version: 1
      title: 市规
      family: plain
      source: the city
      groups:
        - id: A
          title: 甲
          controls:
            - {id: A-1, title: 一, items: [{id: A-1-01, method: auto, text: 要求}]}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listsWhatComesWithThePlatformAndWhatIsToBeConfirmed() {
    assertThat(run("list")).isEqualTo(ExitCode.DONE);

    assertThat(out.toString().lines())
        .anyMatch(
            line -> line.startsWith("gbt22239-l3/1  211  ") && line.contains("to be confirmed"))
        .anyMatch(line -> line.startsWith("gbt39786-l3/1  41  "));
  }

  @Test
  void showsAnItemWithWhatElseTheSameEvidenceSettles() {
    assertThat(run("show", "gbt22239-l3")).isEqualTo(ExitCode.DONE);

    assertThat(out.toString().lines())
        .anyMatch(
            line ->
                line.contains("L3-CES1-27  key  auto")
                    && line.contains("gbt39786-l3/6.4.4")
                    && !line.contains("gbt22239-l3/L3-CES1-27,"));
  }

  @Test
  void readsWhatTheConsoleExports(@TempDir Path folder) throws IOException {
    Catalogue own =
        CatalogueEditor.of(Catalogues.builtIn().get("extranet-template"))
            .copy("own-extranet", "市外网\"检查\": #1", "");
    Files.writeString(folder.resolve("own-extranet-1.yaml"), own.yaml());

    assertThat(run("show", "own-extranet", "--frameworks", folder.toString()))
        .isEqualTo(ExitCode.DONE);

    assertThat(out.toString())
        .contains("own-extranet/1  8  市外网\"检查\": #1", "sha256: " + own.digest())
        .contains("access-registered  -  semi  接入单位、终端和专线已登记备案");
  }

  @Test
  void readsAFrameworkOfTheSiteAndTellsTheLineOfAMistake(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("rules.yaml");
    Files.writeString(file, RULES);
    assertThat(run("check", folder.toString())).isEqualTo(ExitCode.DONE);
    assertThat(out.toString()).isEqualToIgnoringNewLines("city-rules/1  1  市规");

    Files.writeString(file, RULES.replace("method: auto", "method: magic"));

    assertThat(run("check", folder.toString())).isEqualTo(ExitCode.CALLERS_MISTAKE);
    assertThat(err.toString()).contains("CMP-0040", "rules.yaml:10", "auto, semi, manual");
  }

  @Test
  void printsWhatItSaysOfItselfItemByItem() {
    assertThat(run("self")).isEqualTo(ExitCode.DONE);

    assertThat(out.toString().lines()).hasSize(211 + 41);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.startsWith("gbt22239-l3/L3-CES1-04  unmet  The console knows"));

    assertThat(run("self", "--json")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString().lines())
        .anyMatch(
            line -> line.startsWith("{\"item\":\"gbt39786-l3/6.3.5\",\"outcome\":\"partly\""));
  }

  private int run(String... arguments) {
    String[] line = new String[arguments.length + 1];
    line[0] = "framework";
    System.arraycopy(arguments, 0, line, 1, arguments.length);
    out.getBuffer().setLength(0);
    return Citywall.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(line);
  }
}
