// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.citywall.audit.PlatformException;
import org.drools.model.codegen.ExecutableModelProject;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.KieModule;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/** Turns rule files into a rule base, or says in which file and line the first mistake is. */
final class RuleCompiler {

  private static final String FOLDER = "src/main/resources/org/citywall/correlation/rules/";
  private static final AtomicLong RELEASES = new AtomicLong();

  private RuleCompiler() {}

  static KieBase compile(List<RulePack.Source> sources) {
    KieServices services = KieServices.get();
    ReleaseId release = build(sources).getReleaseId();
    try {
      return services.newKieContainer(release).getKieBase();
    } finally {
      services.getRepository().removeKieModule(release);
    }
  }

  /** The compiled module, which stays in the repository of Drools. */
  static KieModule build(List<RulePack.Source> sources) {
    KieServices services = KieServices.get();
    // The repository of Drools is global: a number of its own keeps two packs apart.
    ReleaseId release =
        services.newReleaseId("org.citywall", "rules", Long.toString(RELEASES.incrementAndGet()));
    KieFileSystem files = services.newKieFileSystem();
    files.generateAndWritePomXML(release);
    for (RulePack.Source source : sources) {
      if (source.drl().isBlank()) {
        continue;
      }
      files.write(FOLDER + source.name() + ".drl", source.drl());
    }
    KieBuilder builder = services.newKieBuilder(files, RuleCompiler.class.getClassLoader());
    try {
      builder.buildAll(ExecutableModelProject.class);
    } catch (RuntimeException e) {
      // Drools lets some mistakes out as exceptions without a place.
      throw refusal(sources, e.toString(), e);
    }
    for (Message message : builder.getResults().getMessages(Message.Level.ERROR)) {
      throw RuleMistake.describe(message, sources)
          .map(place -> new PlatformException(CorrelationErrorCode.RULE_REFUSED, place))
          .orElseGet(() -> refusal(sources, message.getText(), null));
    }
    return builder.getKieModule();
  }

  private static PlatformException refusal(
      List<RulePack.Source> sources, String reason, @Nullable Throwable cause) {
    if (sources.size() > 1) {
      // Alone, the file at fault is refused again, this time by name.
      sources.stream()
          .filter(source -> !source.drl().isBlank())
          .forEach(source -> compile(List.of(source)));
    }
    return new PlatformException(
        CorrelationErrorCode.RULE_REFUSED,
        sources.getFirst().name() + ".drl line 1: " + reason.lines().findFirst().orElse(""),
        cause);
  }
}
