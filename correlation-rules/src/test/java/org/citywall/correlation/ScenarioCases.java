// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Cases of the scenarios, read from {@code scenarios/RULE.yaml}: true positives, near misses and
 * benign look-alikes. A file has {@code context} (as {@code context.yaml}) and {@code event}, which
 * each case begins with, and {@code cases}. A case has {@code name}, perhaps more {@code context},
 * {@code steps} and the {@code alerts} it leads to as {@code rule/variant}. A step waits {@code
 * after}, then writes {@code event} {@code repeat} times with {@code every} between, dated {@code
 * shift} off; in its texts {@code {a+b*i}} is the number of the repetition i from 0 times b, plus
 * a.
 */
final class ScenarioCases {

  private static final Path FOLDER = Path.of("src/test/resources/scenarios");
  private static final Pattern NUMBER = Pattern.compile("\\{(-?\\d+)\\+(-?\\d+)\\*i}");
  private static final YAMLMapper YAML = YAMLMapper.builder().build();

  private ScenarioCases() {}

  /** A case; {@code alerts} in alphabetical order. */
  record Case(String rule, String name, Context context, Story story, List<String> alerts) {
    @Override
    public String toString() {
      return rule + ": " + name;
    }
  }

  private record Step(
      @Nullable String after,
      @Nullable Integer repeat,
      @Nullable String every,
      @Nullable String shift,
      Map<String, Object> event) {}

  private record Written(
      String name, @Nullable Map<String, Object> context, List<Step> steps, List<String> alerts) {}

  private record Document(
      @Nullable Map<String, Object> context,
      @Nullable Map<String, Object> event,
      List<Written> cases) {}

  static List<Case> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().flatMap(file -> read(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Case> read(Path file) {
    Document document = YAML.readValue(file, Document.class);
    String rule = file.getFileName().toString().replace(".yaml", "");
    List<Case> cases = new ArrayList<>();
    for (Written written : document.cases()) {
      Map<String, Object> context = new LinkedHashMap<>(Map.of("version", "1"));
      context.putAll(orEmpty(document.context()));
      context.putAll(orEmpty(written.context()));
      cases.add(
          new Case(
              rule,
              written.name(),
              ContextFile.parse(rule, YAML.writeValueAsString(context)),
              story(orEmpty(document.event()), written.steps()),
              written.alerts().stream().sorted().toList()));
    }
    return cases;
  }

  private static Map<String, Object> orEmpty(@Nullable Map<String, Object> map) {
    return map == null ? Map.of() : map;
  }

  private static Story story(Map<String, Object> base, List<Step> steps) {
    Story story = new Story("2026-03-10T02:00:00Z").tick();
    for (Step step : steps) {
      pass(story, step.after());
      int times = step.repeat() == null ? 1 : step.repeat();
      for (int i = 0; i < times; i++) {
        pass(story, i == 0 ? null : step.every());
        Map<String, Object> fields = new LinkedHashMap<>(base);
        fields.putAll(step.event());
        int number = i;
        Duration shift = step.shift() == null ? Duration.ZERO : Duration.parse(step.shift());
        story.entry(
            EntryKind.EVENT,
            story.now().plus(shift),
            event -> fields.forEach((name, value) -> put(event, name, value, number)));
      }
    }
    pass(story, "PT4M");
    return story;
  }

  /** Time passes with a tick at each full minute, at each hour where it is long. */
  private static void pass(Story story, @Nullable String duration) {
    if (duration == null) {
      return;
    }
    Instant end = story.now().plus(Duration.parse(duration));
    boolean isLong = Duration.parse(duration).compareTo(Duration.ofDays(2)) > 0;
    Duration step = isLong ? Duration.ofHours(1) : Duration.ofMinutes(1);
    while (true) {
      long seconds = story.now().getEpochSecond();
      Instant next = Instant.ofEpochSecond(seconds - seconds % step.toSeconds() + step.toSeconds());
      if (next.isAfter(end)) {
        break;
      }
      story.at(next.toString()).tick();
    }
    story.at(end.toString());
  }

  private static void put(Event.Builder event, String name, Object value, int i) {
    Field field = Field.named(name).orElseThrow(() -> new IllegalArgumentException(name));
    switch (field.type()) {
      case KEYWORD, TEXT, IP -> event.put(field, fill(value, i));
      case LONG -> event.put(field, Long.parseLong(fill(value, i)));
      case TIMESTAMP -> event.put(field, Instant.parse(fill(value, i)));
      case KEYWORDS ->
          event.put(field, ((List<?>) value).stream().map(each -> fill(each, i)).toList());
      case BOOLEAN, BINARY -> throw new IllegalArgumentException(name);
    }
  }

  private static String fill(Object value, int i) {
    Matcher matcher = NUMBER.matcher(String.valueOf(value));
    return matcher.replaceAll(
        found ->
            Long.toString(Long.parseLong(found.group(1)) + Long.parseLong(found.group(2)) * i));
  }
}
