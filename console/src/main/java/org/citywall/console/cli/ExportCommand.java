// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.bundle.EvidenceDesk;
import org.citywall.audit.index.lucene.LuceneIndex;
import org.citywall.audit.index.lucene.ReadOnlyIndex;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.secrets.KeyVault;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.control.ControlClient;
import org.citywall.console.control.ControlErrorCode;
import org.citywall.console.evidence.EvidenceOrders;
import org.citywall.console.report.ReportOrders;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Takes data out of an installation. */
@Command(
    name = "export",
    description = "Take data out; each export is an entry of the log.",
    mixinStandardHelpOptions = true)
final class ExportCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Which entries; exactly one of these. */
  static final class Selection {
    @Option(names = "--entries", paramLabel = "N,M,A-B", description = "by their leaves")
    private @Nullable String entries;

    @Option(names = "--query", paramLabel = "QUERY", description = "what a search finds")
    private @Nullable String query;

    @Option(
        names = "--incident",
        paramLabel = "ID",
        description = "what is behind an incident, with the decisions; needs the running server")
    private @Nullable String incident;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: evidence or systems");
  }

  @Command(
      name = "evidence",
      description =
          "Write an evidence bundle: entries with everything that proves them, for somebody without"
              + " access to the log.",
      footer = "Check it with: citywall verify --bundle FILE --key VKEY",
      mixinStandardHelpOptions = true)
  int evidence(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
          Path data,
      @Option(names = "--to", paramLabel = "FILE", required = true, description = "a new file")
          Path to,
      @ArgGroup(multiplicity = "1") Selection selection,
      @Option(
              names = "--subject",
              paramLabel = "FIELD=VALUE",
              description = "withhold every entry that does not have this value; may be repeated")
          @Nullable List<String> subjects,
      @Option(
              names = "--withhold",
              paramLabel = "FIELD=VALUE",
              description = "withhold every entry that has this value; may be repeated")
          @Nullable List<String> withhold,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              required = true,
              description = "why, one line; it stands in the bundle and in the log")
          String reason,
      @Option(
              names = "--config",
              paramLabel = "FILE",
              description = "citywall.yaml, where no server runs and keys are not in the key file")
          @Nullable Path config,
      @Option(names = "--json", description = "print one JSON object") boolean json) {
    Map<String, Object> order = new LinkedHashMap<>();
    put(order, EvidenceOrders.ENTRIES, selection.entries);
    put(order, EvidenceOrders.QUERY, selection.query);
    put(order, EvidenceOrders.INCIDENT, selection.incident);
    order.put("subjects", subjects == null ? List.of() : subjects);
    order.put("withhold", withhold == null ? List.of() : withhold);
    order.put("reason", reason);
    order.put("person", person());
    order.put("to", to.toAbsolutePath().toString());
    Path folder = data.toAbsolutePath().normalize();
    print(byServer(folder, order).orElseGet(() -> alone(folder, config, order)), json);
    return ExitCode.DONE;
  }

  @Command(
      name = "systems",
      description = "Have the running server write the register of graded systems.",
      mixinStandardHelpOptions = true)
  int systems(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "data folder")
          Path data,
      @Option(names = "--to", paramLabel = "FILE", required = true, description = "a new file")
          Path to,
      @Option(
              names = "--format",
              paramLabel = "FORMAT",
              defaultValue = "csv",
              description = "csv or xlsx")
          String format,
      @Option(names = "--json", description = "print one JSON object") boolean json) {
    Map<String, Object> order =
        Map.of("format", format, "person", person(), "out", to.toAbsolutePath().toString());
    Path folder = data.toAbsolutePath().normalize();
    ControlClient server = new ControlClient(new DataFolder(folder).controlSocket());
    print(server.send(ReportOrders.SYSTEMS, order), json);
    return ExitCode.DONE;
  }

  private static void put(Map<String, Object> order, String name, @Nullable String value) {
    if (value != null) {
      order.put(name, value);
    }
  }

  /** The account of the operating system: the control socket knows no other. */
  private static String person() {
    return "os:" + System.getProperty("user.name", "unknown");
  }

  private static Optional<Map<String, Object>> byServer(Path data, Map<String, Object> order) {
    try {
      ControlClient server = new ControlClient(new DataFolder(data).controlSocket());
      return Optional.of(server.send(EvidenceOrders.COMMAND, order));
    } catch (PlatformException e) {
      if (e.code() == ControlErrorCode.NOT_RUNNING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Opens the log for writing: nothing is exported that the log does not tell of. */
  private static Map<String, Object> alone(
      Path data, @Nullable Path config, Map<String, Object> order) {
    ServerYaml yaml = config == null ? ServerYaml.absent() : ServerYaml.read(config);
    Clock clock = Clock.system(ConsoleRuntime.CHINA);
    SecureRandom random = new SecureRandom();
    String origin = EvidenceLogs.statedKey(data).name();
    try (KeyVault vault = yaml.keys().open(data, System.getenv(), clock, random);
        KeptLog log =
            EvidenceLogs.open(
                data, LogOptions.defaults(), LogAccess.writing(origin, vault), clock, random);
        ReadOnlyIndex index =
            order.containsKey(EvidenceOrders.QUERY)
                ? LuceneIndex.openReadOnly(new DataFolder(data).index())
                : null) {
      EvidenceDesk desk = new EvidenceDesk(log, data, clock);
      return new EvidenceOrders(desk, index, null, clock).export(order);
    }
  }

  private void print(Map<String, Object> facts, boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(facts));
    } else {
      facts.forEach((name, value) -> out.printf("%-12s %s%n", name, value));
    }
    out.flush();
  }
}
