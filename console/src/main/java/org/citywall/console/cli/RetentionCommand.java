// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.console.control.ControlClient;
import org.citywall.console.retention.RetentionCommands;
import org.citywall.console.retention.RetentionFacts;
import org.citywall.verifier.CommandFailures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Keeping and destroying payloads; every order is given by an account of the console. */
@Command(
    name = "retention",
    description = "Show what is kept and until when, and give orders in the name of an account.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done; the leaf of the entry is printed",
      "1:the caller's mistake: nothing of this leaf, or no server runs where one is needed",
      "2:refused: too early, under a hold, by the same person, by the wrong role or password",
      "4:the server or the log could not be reached"
    })
final class RetentionCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what: show, hold, lift, propose, withdraw, approve or destroy");
  }

  @Command(
      name = "show",
      description = "Show policy, holds, what may be destroyed, proposals and destructions.",
      mixinStandardHelpOptions = true)
  int show(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
          Path data,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              description = "citywall.yaml, where no server runs and keys are kept elsewhere")
          @Nullable Path config,
      @Option(names = "--json", description = "print one JSON object") boolean json) {
    Path socket = new DataFolder(data).controlSocket();
    Map<String, Object> facts =
        Files.exists(socket)
            ? new ControlClient(socket).send(RetentionCommands.SHOW, Map.of())
            : RetentionFacts.of(StoppedRetention.board(data, config));
    if (facts.containsKey(RetentionCommands.REFUSED)) {
      return refused(facts);
    }
    if (json) {
      spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(facts));
    } else {
      RetentionLines.print(facts, spec.commandLine().getOut());
    }
    return ExitCode.DONE;
  }

  @Command(name = "hold", description = "Place a legal hold.", mixinStandardHelpOptions = true)
  int hold(
      @Mixin RetentionPerson person,
      @Option(names = "--group", paramLabel = "GROUP", description = "only this subject group")
          @Nullable String group,
      @Option(names = "--from", paramLabel = "YYYY-MM", description = "first month of receipt")
          @Nullable String from,
      @Option(names = "--to", paramLabel = "YYYY-MM", description = "last month of receipt")
          @Nullable String to,
      @Option(names = "--incident", paramLabel = "ID", description = "for which it is")
          @Nullable String incident,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "one line")
          String reason) {
    Map<String, Object> said = new HashMap<>();
    said.put("reason", reason);
    put(said, "group", group);
    put(said, "from", from);
    put(said, "to", to);
    put(said, "incident", incident);
    return order("hold", person, said);
  }

  private static void put(Map<String, Object> said, String name, @Nullable String value) {
    if (value != null) {
      said.put(name, value);
    }
  }

  @Command(
      name = "lift",
      description = "Propose to lift a hold; a second person approves.",
      mixinStandardHelpOptions = true)
  int lift(
      @Mixin RetentionPerson person,
      @Parameters(paramLabel = "LEAF", description = "leaf of the hold") long leaf,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "one line")
          String reason) {
    return order("lift", person, Map.of("leaf", leaf, "reason", reason));
  }

  @Command(
      name = "propose",
      description = "Propose to destroy the payloads of a subject group and month.",
      mixinStandardHelpOptions = true)
  int propose(
      @Mixin RetentionPerson person,
      @Option(names = "--group", paramLabel = "GROUP", required = true, description = "its label")
          String group,
      @Option(
              names = "--month",
              paramLabel = "YYYY-MM",
              required = true,
              description = "month of receipt")
          String month,
      @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "one line")
          String reason) {
    return order("propose", person, Map.of("payloads", month + ' ' + group, "reason", reason));
  }

  @Command(
      name = "withdraw",
      description = "Take back or reject a proposal.",
      mixinStandardHelpOptions = true)
  int withdraw(
      @Mixin RetentionPerson person,
      @Parameters(paramLabel = "LEAF", description = "leaf of the proposal") long leaf) {
    return order("withdraw", person, Map.of("leaf", leaf));
  }

  @Command(
      name = "approve",
      description = "Approve a proposal of somebody else.",
      mixinStandardHelpOptions = true)
  int approve(
      @Mixin RetentionPerson person,
      @Parameters(paramLabel = "LEAF", description = "leaf of the proposal") long leaf) {
    return order("approve", person, Map.of("leaf", leaf));
  }

  @Command(
      name = "destroy",
      description = "Destroy what an approval allows. It cannot be undone.",
      mixinStandardHelpOptions = true)
  int destroy(
      @Mixin RetentionPerson person,
      @Parameters(paramLabel = "LEAF", description = "leaf of the approval") long leaf) {
    return order("destroy", person, Map.of("leaf", leaf));
  }

  private int order(String act, RetentionPerson person, Map<String, Object> said) {
    Path socket = new DataFolder(person.data()).controlSocket();
    if (!Files.exists(socket)) {
      throw new PlatformException(
          CliErrorCode.RETENTION_NEEDS_SERVER, "nothing answers at " + socket);
    }
    Map<String, Object> order = new HashMap<>(said);
    order.put("act", act);
    order.put("user", person.user());
    order.put("password", person.password().reveal());
    Map<String, Object> answer = new ControlClient(socket).send(RetentionCommands.ORDER, order);
    if (answer.containsKey(RetentionCommands.REFUSED)) {
      return refused(answer);
    }
    spec.commandLine().getOut().println("leaf " + answer.get("leaf"));
    return ExitCode.DONE;
  }

  private int refused(Map<String, Object> answer) {
    spec.commandLine().getErr().println("error: " + answer.get(RetentionCommands.WHY));
    String category = String.valueOf(answer.get(RetentionCommands.CATEGORY));
    return CommandFailures.exitCode(ErrorCategory.valueOf(category));
  }
}
