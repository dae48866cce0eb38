// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.explain.Explanation;
import org.citywall.masking.explain.SchemaSource;
import org.citywall.masking.explain.StatementExplainer;
import org.citywall.masking.policy.PersonRights;
import org.citywall.masking.sql.SqlGate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains what would become of a statement; asks no database. */
@Command(
    name = "explain",
    description = "Say what would become of a statement of one user, and why; nothing is run.",
    mixinStandardHelpOptions = true)
final class SqlExplainCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "proxy.yaml",
      required = true,
      description = "the proxy's file; its JSON Schema is in docs/reference/proxy")
  private Path config;

  @Option(names = "--user", paramLabel = "NAME", required = true, description = "whose statement")
  private String user;

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Parameters(index = "0", paramLabel = "SQL", description = "one or more statements")
  private String sql;

  private final Clock clock;
  private final Map<String, String> environment;

  SqlExplainCommand() {
    this(Clock.systemUTC(), System.getenv());
  }

  SqlExplainCommand(Clock clock, Map<String, String> environment) {
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    ProxyConfig proxy = ProxyConfig.read(config, environment, Optional.empty());
    PersonRights rights = proxy.policy().rights(proxy.user(user).person(), clock.instant());
    SchemaSource schema = SchemaSource.of(proxy.policy().catalogue());
    Explanation explanation =
        new StatementExplainer(new SqlGate(Analysers.best()), schema).explain(sql, rights);
    ExplanationLines lines = new ExplanationLines(explanation, schema.name(), proxy.mode());
    spec.commandLine().getOut().println(json ? lines.json() : lines.text());
    return ExitCode.DONE;
  }
}
