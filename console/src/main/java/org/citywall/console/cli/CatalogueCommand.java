// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.masking.config.AuditTarget;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.discovery.CatalogueComparison;
import org.citywall.masking.discovery.CatalogueGap;
import org.citywall.masking.discovery.DetectionRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The data catalogue against the database that it is about. */
@Command(
    name = "catalogue",
    description = "The data catalogue against the database that it is about.",
    mixinStandardHelpOptions = true)
final class CatalogueCommand implements Runnable {

  private static final int MOST_ROWS = 1000;

  @Spec private CommandSpec spec;

  private final Clock clock;
  private final Map<String, String> environment;

  CatalogueCommand() {
    this(Clock.systemUTC(), System.getenv());
  }

  CatalogueCommand(Clock clock, Map<String, String> environment) {
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: compare, propose");
  }

  @Command(
      name = "compare",
      description =
          "Name what the database has and the catalogue lacks, the other way round, changed types,"
              + " and graded columns without a mask; exit code 2 where there is any.",
      mixinStandardHelpOptions = true)
  int compare(
      @Option(
              names = "--config",
              paramLabel = "proxy.yaml",
              required = true,
              description = "the proxy's file, which names database and catalogue")
          Path config,
      @Option(names = "--json", description = "print one JSON object") boolean json) {
    CatalogueComparison comparison;
    try (ProxyVault vault = ProxyVault.open(config, clock)) {
      ProxyConfig proxy = ProxyConfig.read(config, environment, vault.store());
      comparison = CatalogueRun.compare(proxy);
      record(proxy.audit(), comparison);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(object(comparison)));
    } else {
      lines(comparison, out);
    }
    out.flush();
    return comparison.gaps().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED_BY_POLICY;
  }

  @Command(
      name = "propose",
      description =
          "Print how columns that the catalogue lacks might be graded, as a piece of a"
              + " catalogue.yaml; changes nothing.",
      mixinStandardHelpOptions = true)
  int propose(
      @Option(
              names = "--config",
              paramLabel = "proxy.yaml",
              required = true,
              description = "the proxy's file, which names database and catalogue")
          Path config,
      @Option(
              names = "--rules",
              paramLabel = "FILE",
              description = "rules of one's own, which come before those of the product")
          @Nullable Path rules,
      @Option(
              names = "--sample",
              paramLabel = "ROWS",
              defaultValue = "0",
              description =
                  "look at so many rows of each table, at most 1000, as far as the login may; values"
                      + " leave neither memory nor into logs")
          int rows,
      @Option(names = "--all", description = "also columns that the catalogue has") boolean all) {
    if (rows < 0 || rows > MOST_ROWS) {
      throw new ParameterException(spec.commandLine(), "--sample takes 0 to " + MOST_ROWS);
    }
    DetectionRules used =
        rules == null ? DetectionRules.builtIn() : DetectionRules.builtIn().behind(rules);
    try (ProxyVault vault = ProxyVault.open(config, clock)) {
      ProxyConfig proxy = ProxyConfig.read(config, environment, vault.store());
      spec.commandLine().getOut().print(CatalogueRun.propose(proxy, used, rows, all));
    }
    spec.commandLine().getOut().flush();
    return ExitCode.DONE;
  }

  private void record(@Nullable AuditTarget audit, CatalogueComparison comparison) {
    PrintWriter err = spec.commandLine().getErr();
    if (audit == null) {
      err.println("not recorded: the file names no log (audit.data)");
      return;
    }
    try {
      new CatalogueRun(clock, environment).record(audit.data(), comparison);
    } catch (PlatformException e) {
      err.println("not recorded: " + e.getMessage());
      throw e;
    } finally {
      err.flush();
    }
  }

  /** {@code docs/reference/proxy/comparison.schema.json}. */
  private static Map<String, Object> object(CatalogueComparison comparison) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("database", comparison.database());
    object.put("catalogue", comparison.catalogueVersion());
    object.put("tables", comparison.tables());
    object.put("columns", comparison.columns());
    Map<String, Object> counts = new LinkedHashMap<>();
    comparison.counts().forEach((kind, count) -> counts.put(CatalogueComparison.word(kind), count));
    object.put("counts", counts);
    object.put("gaps", comparison.gaps().stream().map(CatalogueCommand::object).toList());
    return object;
  }

  private static Map<String, Object> object(CatalogueGap gap) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", CatalogueComparison.word(gap.kind()));
    object.put("table", gap.table().toString());
    object.put("column", gap.column());
    object.put("detail", gap.detail());
    return object;
  }

  private static void lines(CatalogueComparison comparison, PrintWriter out) {
    for (CatalogueGap gap : comparison.gaps()) {
      out.printf(
          "%-23s %s%s%n",
          CatalogueComparison.word(gap.kind()),
          gap.place(),
          gap.detail().isEmpty() ? "" : "  (" + gap.detail() + ")");
    }
    out.printf(
        "%d tables, %d columns, %d gaps%n",
        comparison.tables(), comparison.columns(), comparison.gaps().size());
  }
}
