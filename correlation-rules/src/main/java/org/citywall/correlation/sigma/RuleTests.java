// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citywall.audit.PlatformException;
import org.citywall.correlation.CorrelationErrorCode;
import org.citywall.correlation.sigma.YamlNode.Mapping;
import org.citywall.correlation.sigma.YamlNode.Sequence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests of rules, written in YAML beside them in files named {@code *.test.yml}; the form is in
 * {@code docs/reference/rules}.
 */
public final class RuleTests {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RuleTests() {}

  /**
   * How one test went.
   *
   * @param detail why it failed; empty where it passed
   */
  public record Outcome(Place place, String name, String detail) {

    public boolean passed() {
      return detail.isEmpty();
    }
  }

  /**
   * Runs the tests of files and folders. A file that is wrong, or names rules that are not taken,
   * is an outcome that failed; a path that is not there is {@code COR-0065}.
   */
  public static List<Outcome> run(List<Path> paths) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Path path : paths) {
      try {
        for (Path file : RuleFiles.below(path, f -> f.toString().endsWith(RuleFiles.TEST_SUFFIX))) {
          runFile(file, Files.readString(file), outcomes);
        }
      } catch (IOException | UncheckedIOException e) {
        throw new PlatformException(
            CorrelationErrorCode.SIGMA_FILE_UNREADABLE, path + " cannot be read", e);
      }
    }
    return outcomes;
  }

  private static void runFile(Path file, String yaml, List<Outcome> outcomes) {
    try {
      for (Mapping document : YamlDocuments.read(yaml)) {
        onlyKnown(document, Set.of("rules", "placeholders", "tests"));
        SigmaRules rules = rules(file, document);
        for (SigmaRules.Remark remark : rules.rejections()) {
          outcomes.add(
              new Outcome(
                  remark.place(), remark.title(), remark.code().id() + ' ' + remark.reason()));
        }
        for (YamlNode test : sequence(document, "tests").items()) {
          outcomes.add(run(file, test, rules));
        }
      }
    } catch (RuleMistake mistake) {
      outcomes.add(
          new Outcome(
              new Place(file.toString(), mistake.line()),
              "",
              CorrelationErrorCode.SIGMA_TEST_INVALID.id() + ' ' + mistake.reason()));
    }
  }

  private static SigmaRules rules(Path file, Mapping document) {
    List<String> names =
        document.has("rules")
            ? document.texts("rules")
            : List.of(String.valueOf(file.getFileName()).replace(RuleFiles.TEST_SUFFIX, ".yml"));
    return SigmaRules.read(
        names.stream().map(file::resolveSibling).toList(), Placeholders.of(document));
  }

  private static Outcome run(Path file, YamlNode node, SigmaRules rules) {
    if (!(node instanceof Mapping test)) {
      throw RuleMistake.invalid(node.line(), "a test must be a map");
    }
    onlyKnown(test, Set.of("name", "events", "matches"));
    SigmaEngine engine = new SigmaEngine(rules, SigmaEngine.Limits.DEFAULT);
    TreeSet<String> found = new TreeSet<>();
    long number = 0;
    long micros = 0;
    for (YamlNode event : sequence(test, "events").items()) {
      SigmaEvent fields = SigmaEvent.of(json(event));
      micros = fields.micros().orElse(micros);
      engine.accept(++number, micros, fields).forEach(hit -> found.add(hit.rule()));
    }
    engine.finish().forEach(hit -> found.add(hit.rule()));
    test.required("matches");
    TreeSet<String> wanted = new TreeSet<>(test.texts("matches"));
    String detail = found.equals(wanted) ? "" : "matched " + found + ", not " + wanted;
    return new Outcome(new Place(file.toString(), test.line()), test.text("name"), detail);
  }

  private static void onlyKnown(Mapping node, Set<String> known) {
    for (Map.Entry<String, YamlNode> entry : node.each()) {
      if (!known.contains(entry.getKey())) {
        throw RuleMistake.invalid(entry.getValue().line(), entry.getKey() + " is not known here");
      }
    }
  }

  private static Sequence sequence(Mapping node, String key) {
    if (node.required(key) instanceof Sequence sequence) {
      return sequence;
    }
    throw RuleMistake.invalid(node.lineOf(key), key + " must be a list");
  }

  private static JsonNode json(YamlNode node) {
    return switch (node) {
      case YamlNode.Scalar scalar ->
          scalar.kind() == YamlNode.Kind.NULL ? JSON.nullNode() : JSON.stringNode(scalar.text());
      case Sequence sequence ->
          JSON.arrayNode().addAll(sequence.items().stream().map(RuleTests::json).toList());
      case Mapping mapping -> {
        ObjectNode object = JSON.objectNode();
        mapping.each().forEach(e -> object.set(e.getKey(), json(e.getValue())));
        yield object;
      }
    };
  }
}
