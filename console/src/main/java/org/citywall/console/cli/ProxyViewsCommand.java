// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.masking.config.Backend;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.hardened.HardenedGap;
import org.citywall.masking.hardened.HardenedMode;
import org.citywall.masking.hardened.Step;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Views of hardened mode, made and verified with a DBA's login. */
@Command(
    name = "views",
    description = "Plan, apply, verify and remove the views of hardened mode, by a DBA's login.",
    mixinStandardHelpOptions = true)
final class ProxyViewsCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "proxy.yaml",
      required = true,
      scope = ScopeType.INHERIT,
      description = "the proxy's file")
  private Path config;

  @Option(
      names = "--admin-user",
      paramLabel = "NAME",
      required = true,
      scope = ScopeType.INHERIT,
      description = "login that owns the tables, or a superuser")
  private String adminUser;

  @Option(
      names = "--admin-password",
      paramLabel = "REFERENCE",
      scope = ScopeType.INHERIT,
      defaultValue = "$${env:CITYWALL_ADMIN_PASSWORD}",
      description =
          "$${env:VARIABLE} or $${file:FILE} beside the proxy's file; $${env:CITYWALL_ADMIN_PASSWORD} unless"
              + " given")
  private String adminPassword;

  private final Clock clock;
  private final Map<String, String> environment;

  ProxyViewsCommand() {
    this(Clock.systemUTC(), System.getenv());
  }

  ProxyViewsCommand(Clock clock, Map<String, String> environment) {
    this.clock = clock;
    this.environment = environment;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: plan, apply, verify, remove");
  }

  @Command(
      name = "plan",
      description = "Print the statements that apply would run, without secrets; change nothing.",
      mixinStandardHelpOptions = true)
  int plan(
      @Option(names = "--keep", description = "leave the views of other policies") boolean keep) {
    print(mode().plan(keep));
    return ExitCode.DONE;
  }

  @Command(
      name = "apply",
      description = "Make the views and take the login's other ways, in one transaction.",
      mixinStandardHelpOptions = true)
  int apply(
      @Option(names = "--keep", description = "leave the views of other policies") boolean keep) {
    print(mode().apply(keep));
    return ExitCode.DONE;
  }

  @Command(
      name = "verify",
      description = "Name each way around the views and each view that is not right; 2 if any.",
      mixinStandardHelpOptions = true)
  int verify(@Option(names = "--json", description = "print one JSON object") boolean json) {
    ProxyConfig proxy = proxy();
    List<HardenedGap> gaps = mode(proxy).verify();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("database", proxy.backend().database());
      object.put("login", proxy.backend().user());
      object.put("policy", proxy.policy().version());
      object.put("checked", clock.instant().toString());
      object.put("gaps", gaps.stream().map(ProxyViewsCommand::object).toList());
      out.println(JsonMapper.shared().writeValueAsString(object));
    } else {
      gaps.forEach(gap -> out.printf("%-18s %s: %s%n", word(gap), gap.object(), gap.detail()));
      out.printf(
          "policy %s, login %s: %d gaps%n",
          proxy.policy().version(), proxy.backend().user(), gaps.size());
    }
    out.flush();
    return gaps.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED_BY_POLICY;
  }

  @Command(
      name = "remove",
      description = "Give the login back what was taken, and drop the views.",
      mixinStandardHelpOptions = true)
  int remove() {
    print(mode().remove());
    return ExitCode.DONE;
  }

  private static Map<String, Object> object(HardenedGap gap) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("kind", word(gap));
    object.put("object", gap.object());
    object.put("detail", gap.detail());
    return object;
  }

  private static String word(HardenedGap gap) {
    return gap.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void print(List<Step> steps) {
    PrintWriter out = spec.commandLine().getOut();
    steps.forEach(step -> out.println(step.shown() + ";"));
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    err.printf("%d statements%n", steps.size());
    err.flush();
  }

  private ProxyConfig proxy() {
    try (ProxyVault vault = ProxyVault.open(config, clock)) {
      return ProxyConfig.read(config, environment, vault.store());
    }
  }

  private HardenedMode mode() {
    return mode(proxy());
  }

  private HardenedMode mode(ProxyConfig proxy) {
    SecretReferences references = new SecretReferences(config, environment, Optional.empty());
    Backend admin = proxy.backend().as(adminUser, adminPassword, references);
    return new HardenedMode(
        admin,
        proxy.backend().user(),
        Analysers.best(),
        HardenedMode.profiles(proxy, clock.instant()),
        proxy.policy().version());
  }
}
