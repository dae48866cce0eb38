// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.citywall.console.control.ControlClient;
import org.citywall.console.report.ReportOrders;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Has a running server write the report of an assessment round. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Write the report of an assessment round; recorded in the log.",
      "A round with items that are not settled has only drafts."
    })
final class ReportCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "djbh, miping, index or rectification (整改通知书)")
  private String kind;

  @Option(names = "--data", paramLabel = "DIR", description = "data folder", required = true)
  private Path data;

  @Option(names = "--id", paramLabel = "ASM-NNNN", description = "the round", required = true)
  private String id;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "json, oscal-results, oscal-poam, xlsx, docx or pdf",
      required = true)
  private String format;

  @Option(names = "--out", paramLabel = "FILE", description = "a new file", required = true)
  private Path out;

  @Option(names = "--draft", description = "also where items are not settled")
  private boolean draft;

  @Override
  public Integer call() {
    Map<String, Object> order =
        Map.of(
            "kind",
            kind,
            "id",
            id,
            "format",
            format,
            "draft",
            draft,
            "person",
            System.getProperty("user.name"),
            "out",
            out.toAbsolutePath().toString());
    Map<String, Object> done =
        new ControlClient(new DataFolder(data).controlSocket()).send(ReportOrders.COMMAND, order);
    spec.commandLine()
        .getOut()
        .println(
            kind
                + " report "
                + out
                + " "
                + done.get("bytes")
                + " bytes sha256 "
                + done.get("sha256"));
    return ExitCode.DONE;
  }
}
