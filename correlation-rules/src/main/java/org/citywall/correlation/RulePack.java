// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.kie.api.KieBase;

/**
 * Compiled rules, ready for an engine. Immutable; may be shared by several engines.
 *
 * <p>A rule file is code and runs with the rights of the platform: load none that nobody reviewed.
 */
public final class RulePack {

  private static final List<String> BUILT_IN =
      List.of("brute-force", "bulk-export", "off-hours-access", "record-walk", "silent-source");

  private final KieBase kieBase;
  private final Map<String, RuleMetadata> rules;
  private final String digest;
  private final Duration compileTime;

  private RulePack(
      KieBase kieBase, Map<String, RuleMetadata> rules, String digest, Duration compileTime) {
    this.kieBase = kieBase;
    this.rules = Map.copyOf(rules);
    this.digest = digest;
    this.compileTime = compileTime;
  }

  /**
   * A rule file and its description.
   *
   * @param name file name without ending; also the id of the rule
   * @param drl rules in Drools Rule Language
   * @param metadata {@link RuleMetadata} in YAML
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
    return new RulePack(kieBase, describe(sources), digest, since(start));
  }

  /** {@link #builtIn()} on this executor. */
  public static CompletableFuture<RulePack> builtIn(Executor executor) {
    return CompletableFuture.supplyAsync(RulePack::builtIn, executor);
  }

  /** Sources of the rules that come with the platform. */
  public static List<Source> builtInSources() {
    return BUILT_IN.stream()
        .map(
            name ->
                new Source(name, text("rules/" + name + ".drl"), text("rules/" + name + ".yaml")))
        .toList();
  }

  /**
   * Compiles rules; {@code COR-0001} with file, line and reason where a rule is wrong, {@code
   * COR-0002} where its description is. Never call it from a thread that answers requests.
   */
  public static RulePack compile(List<Source> sources) {
    long start = System.nanoTime();
    Map<String, RuleMetadata> rules = describe(sources);
    return new RulePack(RuleCompiler.compile(sources), rules, digest(sources), since(start));
  }

  private static Map<String, RuleMetadata> describe(List<Source> sources) {
    Map<String, RuleMetadata> rules = new HashMap<>();
    for (Source source : sources) {
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

  /** Every rule with its version, for example {@code brute-force@1 record-walk@1}. */
  public String version() {
    return rules().stream()
        .map(rule -> rule.id() + '@' + rule.version())
        .collect(Collectors.joining(" "));
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

  boolean has(String id) {
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
