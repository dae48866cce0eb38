// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.citywall.audit.PlatformException;
import org.kie.api.KieBase;

/**
 * Compiled rules, ready for an engine. Immutable; may be shared by several engines.
 *
 * <p>A rule file is code and runs with the rights of the platform: load none that nobody reviewed.
 */
public final class RulePack {

  private static final List<String> BUILT_IN =
      List.of(
          "brute-force",
          "bulk-export",
          "off-hours-access",
          "password-spray",
          "record-walk",
          "sigma-correlation",
          "sigma-dead-rule",
          "sigma-event",
          "sigma-overflow",
          "silent-source");

  /** Judges what watches over public data found. */
  private static final String CROSSINGS = "crossings";

  private final KieBase kieBase;
  private final Map<String, RuleMetadata> rules;
  private final String digest;
  private final Duration compileTime;

  /** What the site has put before the rules' own thresholds, for {@link #version()}. */
  private final String site;

  private RulePack(
      KieBase kieBase,
      Map<String, RuleMetadata> rules,
      String digest,
      Duration compileTime,
      String site) {
    this.site = site;
    this.kieBase = kieBase;
    this.rules = Map.copyOf(rules);
    this.digest = digest;
    this.compileTime = compileTime;
  }

  /**
   * A rule file and its description.
   *
   * @param name file name without ending; also the id of the rule
   * @param drl rules in Drools Rule Language; empty where another file judges the rule's signals
   * @param metadata {@link RuleMetadata} in YAML; empty where the file judges for other rules
   */
  public record Source(String name, String drl, String metadata) {}

  /**
   * The rules that come with the platform, as the build compiled them; where it did not, compiles
   * them, which takes seconds.
   */
  public static RulePack builtIn() {
    long start = System.nanoTime();
    List<Source> sources = builtInSources();
    String digest = digest(sources);
    KieBase kieBase = CompiledRules.load(digest).orElseGet(() -> RuleCompiler.compile(sources));
    return new RulePack(kieBase, describe(sources), digest, since(start), "");
  }

  /** {@link #builtIn()} on this executor. */
  public static CompletableFuture<RulePack> builtIn(Executor executor) {
    return CompletableFuture.supplyAsync(RulePack::builtIn, executor);
  }

  /** Sources of the rules that come with the platform. */
  public static List<Source> builtInSources() {
    List<Source> sources = new ArrayList<>();
    sources.add(new Source(CROSSINGS, text("rules/" + CROSSINGS + ".drl"), ""));
    for (String name : BUILT_IN) {
      sources.add(
          new Source(name, text("rules/" + name + ".drl"), text("rules/" + name + ".yaml")));
    }
    for (String name : PublicDataWatches.RULES) {
      sources.add(new Source(name, "", text("rules/public-data/" + name + ".yaml")));
    }
    return List.copyOf(sources);
  }

  /**
   * Compiles rules; {@code COR-0001} with file, line and reason where a rule is wrong, {@code
   * COR-0002} where its description is. Never call it from a thread that answers requests.
   */
  public static RulePack compile(List<Source> sources) {
    long start = System.nanoTime();
    Map<String, RuleMetadata> rules = describe(sources);
    return new RulePack(RuleCompiler.compile(sources), rules, digest(sources), since(start), "");
  }

  /**
   * The same rules with the thresholds of a site; {@code COR-0090} where one is none of a rule's or
   * does not fit.
   */
  public RulePack with(Thresholds thresholds) {
    Map<String, RuleMetadata> changed = new HashMap<>(rules);
    thresholds
        .rules()
        .forEach(
            (rule, values) -> {
              RuleMetadata own = rules.get(rule);
              if (own == null) {
                throw new PlatformException(
                    CorrelationErrorCode.THRESHOLDS_INVALID, "there is no rule " + rule);
              }
              changed.put(rule, own.with(values));
            });
    List<Object> content = new ArrayList<>(List.of(digest, thresholds.version()));
    thresholds
        .rules()
        .forEach(
            (rule, values) ->
                values.forEach((name, value) -> content.add(List.of(rule, name, value))));
    return new RulePack(
        kieBase,
        changed,
        Digest.ofJson(content),
        compileTime,
        site + " thresholds@" + thresholds.version());
  }

  /** The same without all rules but those that make alerts of hits of Sigma rules. */
  RulePack aboutSigma() {
    Map<String, RuleMetadata> few = new HashMap<>(rules);
    few.keySet().removeIf(id -> !id.startsWith("sigma-"));
    return new RulePack(kieBase, few, digest, compileTime, site);
  }

  private static Map<String, RuleMetadata> describe(List<Source> sources) {
    Map<String, RuleMetadata> rules = new HashMap<>();
    for (Source source : sources) {
      if (source.metadata().isBlank()) {
        continue;
      }
      RuleMetadata metadata =
          YamlReader.read(
              source.name() + ".yaml",
              source.metadata(),
              RuleMetadata.class,
              CorrelationErrorCode.RULE_METADATA_INVALID);
      if (!metadata.id().equals(source.name())) {
        throw new PlatformException(
            CorrelationErrorCode.RULE_METADATA_INVALID,
            source.name() + ".yaml: id is " + metadata.id());
      }
      if (rules.put(metadata.id(), metadata) != null) {
        throw new PlatformException(
            CorrelationErrorCode.RULE_METADATA_INVALID, metadata.id() + " is there twice");
      }
    }
    return rules;
  }

  static String digest(List<Source> sources) {
    return Digest.ofJson(sources.stream().sorted(Comparator.comparing(Source::name)).toList());
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /**
   * Content of the rule files and their descriptions in one word: SHA-256 in hexadecimal, the same
   * for the same files in any order.
   */
  public String digest() {
    return digest;
  }

  public List<RuleMetadata> rules() {
    return rules.values().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
  }

  /**
   * Every rule with its version, for example {@code brute-force@1 record-walk@1}; those about
   * public data, which are many, as one with the sum of their versions.
   */
  public String version() {
    List<String> versions = new ArrayList<>();
    int publicData = 0;
    for (RuleMetadata rule : rules()) {
      if (PublicDataWatches.RULES.contains(rule.id())) {
        publicData += rule.version();
      } else {
        versions.add(rule.id() + '@' + rule.version());
      }
    }
    if (publicData > 0) {
      versions.add("public-data@" + publicData);
    }
    return String.join(" ", versions) + site;
  }

  /** What it took to compile or load them. */
  public Duration compileTime() {
    return compileTime;
  }

  RuleMetadata rule(String id) {
    RuleMetadata metadata = rules.get(id);
    if (metadata == null) {
      throw new PlatformException(
          CorrelationErrorCode.RULE_METADATA_INVALID, "no description of rule " + id);
    }
    return metadata;
  }

  /** Whether there is a rule with this id. */
  public boolean has(String id) {
    return rules.containsKey(id);
  }

  KieBase kieBase() {
    return kieBase;
  }

  /** A text that comes with the platform, by its path below this package. */
  static String text(String name) {
    try (InputStream in = RulePack.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
