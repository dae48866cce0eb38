// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.index.QueryException;
import org.citywall.audit.index.QueryParser;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.testing.ErrorCodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sources of the pages must and must not hold. */
class TemplatesTest {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path CODE = Path.of("src/main/java/org/citywall/console");
  private static final Pattern NAMED =
      Pattern.compile("#\\{([a-zA-Z][\\w.-]*)|msg(?:OrNull)?\\('([\\w.-]+)'\\)");
  private static final Pattern PREFIX =
      Pattern.compile("(?:#\\{\\$\\{|msg(?:OrNull)?\\()'([\\w.-]+[.])' ?\\+");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z][\\w-]*(?:\\.[\\w-]+)*\\.?)\"");
  private static final Pattern TEXT = Pattern.compile(">([^<]*\\p{L}[^<]*)<");

  @Test
  void hasEveryMessageInBothLanguages() {
    assertThat(messages("messages.properties").stringPropertyNames())
        .containsExactlyInAnyOrderElementsOf(
            messages("messages_zh_CN.properties").stringPropertyNames());
  }

  @Test
  void translatesEveryErrorCode() {
    List<String> wanted = ErrorCodes.onClassPath().stream().map(ErrorCode::messageKey).toList();

    assertThat(messages("messages_zh_CN.properties").stringPropertyNames()).containsAll(wanted);
  }

  @Test
  void namesEveryFieldInChinese() {
    List<String> wanted = SearchField.names().stream().map(name -> "field." + name).toList();

    assertThat(messages("fields_zh_CN.properties").stringPropertyNames()).containsAll(wanted);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a)",
        "(a",
        "AND",
        "user.name:",
        "usr.name:a",
        "nonsense:a",
        "\"a",
        "a\\",
        "a*",
        "event.original:a",
        "event.action:>a",
        "user.name:*a*b*c*d*e*f*g*h*i*",
        "entry.kind:nonsense",
        "event.id:12",
        "source.ip:nonsense",
        "source.port:a",
        "source.port:9..3",
        "@timestamp:yesterday"
      })
  void saysInChineseWhatIsWrongWithAQuery(String query) {
    QueryParser parser = new QueryParser(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    assertThatThrownBy(() -> parser.parse(query))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> {
              QueryProblem problem = QueryProblem.of(e.problem());
              assertThat(problem).as(e.problem()).isNotNull();
              assertThat(messages("messages_zh_CN.properties")).containsKey(problem.messageKey());
            });
  }

  @Test
  void asksOnlyForMessagesThatExist() {
    Set<String> known = messages("messages.properties").stringPropertyNames();
    Set<String> asked = new TreeSet<>();
    NAMED.matcher(templates()).results().map(TemplatesTest::group).forEach(asked::add);

    assertThat(known).containsAll(asked);
    PREFIX
        .matcher(templates())
        .results()
        .map(match -> match.group(1))
        .filter(prefix -> !prefix.equals("field."))
        .forEach(prefix -> assertThat(known).anyMatch(key -> key.startsWith(prefix)));
  }

  @Test
  void keepsNoMessageThatNobodyAsksFor() {
    Set<String> asked =
        NAMED
            .matcher(templates())
            .results()
            .map(TemplatesTest::group)
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> prefixes = new ArrayList<>();
    PREFIX.matcher(templates()).results().map(match -> match.group(1)).forEach(prefixes::add);
    prefixes.addAll(List.of("error.", "password.problem.", "password.policy.", "failure."));
    LITERAL.matcher(code()).results().map(match -> match.group(1)).forEach(asked::add);
    asked.stream().filter(key -> key.endsWith(".")).forEach(prefixes::add);
    prefixes.addAll(List.of("fact.", "sources.state."));

    assertThat(messages("messages.properties").stringPropertyNames())
        .allMatch(key -> asked.contains(key) || prefixes.stream().anyMatch(key::startsWith));
  }

  @Test
  void writesNoTextIntoTemplates() {
    for (Path template : files(RESOURCES.resolve("templates"), ".html")) {
      assertThat(
              TEXT.matcher(read(template).replaceAll("\"[^\"]*\"", ""))
                  .results()
                  .map(match -> match.group(1))
                  .toList())
          .as(template.toString())
          .allMatch(text -> text.isBlank() || text.matches("[\\sjk?aedncu·–/]*|Citywall"));
    }
  }

  @Test
  void holdsNothingThatTheContentSecurityPolicyForbids() {
    Pattern forbidden =
        Pattern.compile(
            "(?i)<style|\\sstyle=|th:style|<script(?![^>]*\\bsrc=)|\\son[a-z]+=|hx-on|javascript:"
                + "|['\"]js:|hx-vals=|th:utext|hx-trigger=\"[^\"]*\\[");
    for (Path template : files(RESOURCES.resolve("templates"), ".html")) {
      assertThat(read(template)).as(template.toString()).doesNotContainPattern(forbidden);
    }
    for (Path script : files(RESOURCES.resolve("static/assets/js"), ".js")) {
      assertThat(read(script))
          .as(script.toString())
          .doesNotContainPattern(
              "innerHTML *=|\\beval\\(|new Function|document\\.write|outerHTML *=");
    }
  }

  private static String group(MatchResult match) {
    return match.group(1) == null ? match.group(2) : match.group(1);
  }

  private static String templates() {
    return files(RESOURCES.resolve("templates"), ".html").stream()
        .map(TemplatesTest::read)
        .collect(Collectors.joining("\n"));
  }

  private static String code() {
    return files(CODE, ".java").stream().map(TemplatesTest::read).collect(Collectors.joining("\n"));
  }

  private static Properties messages(String name) {
    Properties messages = new Properties();
    try (Reader reader = Files.newBufferedReader(RESOURCES.resolve(name))) {
      messages.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }

  private static List<Path> files(Path folder, String suffix) {
    try (Stream<Path> found = Files.walk(folder)) {
      return found.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
