// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.index.lucene.ReadOnlyIndex;
import org.citywall.audit.log.LogReader;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.control.ControlClient;
import org.citywall.console.exposure.SubjectAnswer;
import org.citywall.console.exposure.SubjectCommands;
import org.citywall.console.exposure.SubjectFacts;
import org.citywall.console.exposure.SubjectSearch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the running server who looked at one person's record. Neither the password nor the
 * identifier comes from the arguments, which others can see.
 */
@Command(
    name = "subject",
    description = "Who looked at one person's record; the question is recorded.",
    footer =
        "Password and identity number are asked on the terminal, or are the first and second line"
            + " of standard input.",
    mixinStandardHelpOptions = true)
final class ExposureSubjectCommand implements Callable<Integer> {

  private static final int LONGEST_LINE = 4096;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init")
  @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
  private Path data;

  @SuppressWarnings("NullAway.Init")
  @Option(
      names = "--user",
      paramLabel = "NAME",
      required = true,
      description = "account of the console that asks")
  private String user;

  @SuppressWarnings("NullAway.Init")
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      required = true,
      description = "why you ask; recorded, and never with the number in it")
  private String reason;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description = "zone of the times shown (default: ${DEFAULT-VALUE})")
  private ZoneId zone = ConsoleRuntime.CHINA;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, Object> said = new LinkedHashMap<>(typed());
    said.put("user", user);
    said.put("reason", reason);
    Map<String, Object> answer =
        new ControlClient(new DataFolder(data).controlSocket()).send(SubjectCommands.ASK, said);
    if (answer.containsKey(SubjectCommands.REFUSED)) {
      return refused(answer);
    }
    long asked = answer.get(SubjectCommands.LEAF) instanceof Number leaf ? leaf.longValue() : -1;
    print(found(hashes(answer), asked), asked);
    return ExitCode.DONE;
  }

  private SubjectAnswer found(Map<String, Long> hashes, long asked) {
    try (LogReader log = LogAccess.reading(data);
        ReadOnlyIndex index = LuceneIndex.openReadOnly(data.resolve("index"))) {
      return new SubjectSearch(log, index, Clock.systemUTC()).find(hashes, asked);
    }
  }

  private static Map<String, Long> hashes(Map<String, Object> answer) {
    Map<String, Long> hashes = new LinkedHashMap<>();
    if (answer.get(SubjectCommands.HASHES) instanceof Map<?, ?> all) {
      all.forEach(
          (key, hash) ->
              hashes.put(key.toString(), HexFormat.fromHexDigitsToLong(hash.toString())));
    }
    return hashes;
  }

  private void print(SubjectAnswer answer, long asked) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(SubjectFacts.of(answer, asked)));
    } else {
      SubjectLines.of(answer, asked, zone).forEach(out::println);
    }
    out.flush();
  }

  private int refused(Map<String, Object> answer) {
    spec.commandLine().getErr().println("error: " + answer.get(SubjectCommands.WHY));
    return ErrorCategory.POLICY.name().equals(answer.get(SubjectCommands.CATEGORY))
        ? ExitCode.REFUSED_BY_POLICY
        : ExitCode.CALLERS_MISTAKE;
  }

  private Map<String, String> typed() {
    Console console = System.console();
    if (console != null && console.isTerminal()) {
      char[] password = console.readPassword("password of %s: ", user);
      char[] subject = console.readPassword("identity number (not shown): ");
      return said(
          password == null ? null : new String(password),
          subject == null ? null : new String(subject));
    }
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      return said(in.readLine(), in.readLine());
    } catch (IOException e) {
      throw new PlatformException(CliErrorCode.SUBJECT_MISSING, "standard input", e);
    }
  }

  private static Map<String, String> said(@Nullable String password, @Nullable String subject) {
    if (password == null
        || subject == null
        || password.length() > LONGEST_LINE
        || subject.length() > LONGEST_LINE) {
      throw new PlatformException(CliErrorCode.SUBJECT_MISSING, "two lines are needed");
    }
    return Map.of("password", password, "subject", subject);
  }
}
