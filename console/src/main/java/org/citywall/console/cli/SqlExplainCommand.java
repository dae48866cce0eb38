// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.config.Behind;
import org.citywall.masking.config.OwnConnection;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.config.ProxyUser;
import org.citywall.masking.explain.Explanation;
import org.citywall.masking.explain.SchemaSource;
import org.citywall.masking.explain.StatementExplainer;
import org.citywall.masking.policy.Granting;
import org.citywall.masking.policy.PersonRights;
import org.citywall.masking.policy.StatementContext;
import org.citywall.masking.sql.SqlGate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains what would become of a statement; asks no database, unless told to. */
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

  @Option(names = "--user", paramLabel = "NAME", description = "who logged in; a person")
  private @Nullable String user;

  @Option(
      names = "--application",
      paramLabel = "NAME",
      description = "the application that logged in, in the place of --user")
  private @Nullable String application;

  @Option(
      names = "--behind",
      paramLabel = "NAME",
      description = "whom the application names behind the statement; nobody unless given")
  private @Nullable String person;

  @Option(names = "--purpose", paramLabel = "PURPOSE", description = "the purpose that is declared")
  private @Nullable String purpose;

  @Option(
      names = "--live",
      description = "ask the database what names mean, by the proxy's login; reads no rows")
  private boolean live;

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
    ExplanationLines lines = live ? askingTheDatabase() : askingNobody();
    spec.commandLine().getOut().println(json ? lines.json() : lines.text());
    return ExitCode.DONE;
  }

  private ExplanationLines askingNobody() {
    ProxyConfig proxy = ProxyConfig.read(config, environment, Optional.empty());
    return explained(proxy, SchemaSource.of(proxy.policy().catalogue()));
  }

  private ExplanationLines askingTheDatabase() {
    try (ProxyVault vault = ProxyVault.open(config, clock)) {
      ProxyConfig proxy = ProxyConfig.read(config, environment, vault.store());
      try (OwnConnection connection = proxy.backend().connect("citywall explain")) {
        return explained(proxy, SchemaSource.of(connection.sql()));
      } catch (SQLException e) {
        throw new PlatformException(
            MaskingErrorCode.SCHEMA_UNREADABLE, String.valueOf(e.getMessage()), e);
      }
    }
  }

  private ExplanationLines explained(ProxyConfig proxy, SchemaSource schema) {
    Analysers.check(proxy);
    Behind behind = Behind.of(proxy, login(proxy), said());
    Explanation explanation =
        new StatementExplainer(new SqlGate(Analysers.best()), schema)
            .explain(
                sql, rights(proxy, behind), behind instanceof Behind.Nobody nobody ? nobody : null);
    return new ExplanationLines(explanation, schema.name(), proxy.mode());
  }

  private ProxyUser login(ProxyConfig proxy) {
    String name = application == null ? user : application;
    if (name == null || application != null && user != null) {
      throw new ParameterException(
          spec.commandLine(), "say who logged in: --user or --application");
    }
    ProxyUser login = proxy.user(name);
    if (person != null && application == null) {
      throw new ParameterException(
          spec.commandLine(), "--behind is whom an application names: say --application");
    }
    if ((login.application() != null) != (application != null)) {
      throw new ParameterException(
          spec.commandLine(),
          name + (application == null ? " is an application: say --application" : " is a person"));
    }
    return login;
  }

  /** As by a good token of now. */
  private Behind.Said said() {
    return new Behind.Said(
        person == null ? null : new Behind.Named(person, "", "", "", true, true), purpose, false);
  }

  /** With what is granted now, whether or not it is used up; nobody has none. */
  private PersonRights rights(ProxyConfig proxy, Behind behind) {
    Instant now = clock.instant();
    return switch (behind) {
      case Behind.Nobody nobody ->
          proxy.policy().rights(login(proxy).person().withClearance(0), now);
      case Behind.Somebody(var context, var proven) ->
          proxy
              .policy()
              .rights(context, now, proven ? granting(proxy, context, now) : Granting.NOTHING);
    };
  }

  private static Granting granting(ProxyConfig proxy, StatementContext context, Instant now) {
    return new Granting(
        proxy.grants().holding(context, now),
        proxy.grants().version(),
        grants -> {
          throw new IllegalStateException("nothing is run");
        });
  }
}
