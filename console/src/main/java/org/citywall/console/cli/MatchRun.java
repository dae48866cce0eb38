// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.citywall.audit.PlatformException;
import org.citywall.correlation.sigma.SigmaEngine;
import org.citywall.correlation.sigma.SigmaEngine.Hit;
import org.citywall.correlation.sigma.SigmaEvent;
import org.citywall.correlation.sigma.SigmaRules;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs rules over a file of events. A file whose first line is a whole JSON object has one event
 * per line, each bad one with a number and a complaint; other JSON is objects one after the other,
 * or in arrays; a file that is not JSON has raw lines, each an event with a {@code message}.
 */
final class MatchRun {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final JsonMapper STREAM =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final SigmaEngine engine;
  private final Function<Hit, String> format;
  private final PrintWriter out;
  private final PrintWriter err;
  private long events;
  private long micros;
  private long rejects;

  MatchRun(SigmaRules rules, Function<Hit, String> format, PrintWriter out, PrintWriter err) {
    this.engine = new SigmaEngine(rules, SigmaEngine.Limits.DEFAULT);
    this.format = format;
    this.out = out;
    this.err = err;
  }

  boolean hasRejects() {
    return rejects > 0;
  }

  /** Reads the file to its end and prints hits as they are found; {@code CLI-0020} if it cannot. */
  void read(Path file) {
    try {
      switch (firstLine(file)) {
        case String line when isObject(line) -> readLines(file, true);
        case String line when line.startsWith("{") || line.startsWith("[") -> readStream(file);
        default -> readLines(file, false);
      }
    } catch (IOException e) {
      throw new PlatformException(
          CliErrorCode.FILE_UNREADABLE, file + " cannot be read as UTF-8 text", e);
    }
    print(engine.finish());
    SigmaEngine.Statistics statistics = engine.statistics();
    complain(statistics.matching().regexesGivenUp(), "regular expressions were given up");
    complain(statistics.evictions(), "groups of correlations were forgotten: too many");
    complain(statistics.forgotten(), "events were forgotten: too many in one group");
    complain(statistics.late(), "events came too late for correlations");
  }

  private void complain(long count, String what) {
    if (count > 0) {
      err.println(count + " " + what);
    }
  }

  private static String firstLine(Path file) throws IOException {
    try (BufferedReader reader = reader(file)) {
      String line = reader.readLine();
      while (line != null && withoutMark(line).isBlank()) {
        line = reader.readLine();
      }
      return line == null ? "" : withoutMark(line).strip();
    }
  }

  /** Refuses what is not UTF-8. */
  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(EventFile.open(file), StandardCharsets.UTF_8.newDecoder()));
  }

  private static String withoutMark(String line) {
    return line.startsWith("\ufeff") ? line.substring(1) : line;
  }

  private static boolean isObject(String line) {
    try {
      return line.startsWith("{") && JSON.readTree(line).isObject();
    } catch (JacksonException e) {
      return false;
    }
  }

  private void readLines(Path file, boolean json) throws IOException {
    try (BufferedReader reader = reader(file)) {
      long number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        String text = withoutMark(line);
        if (text.isBlank()) {
          continue;
        }
        if (json) {
          readLine(file, number, text);
        } else {
          accept(SigmaEvent.of(Map.of("message", List.of(text))));
        }
      }
    }
  }

  private void readLine(Path file, long number, String line) {
    try {
      accept(SigmaEvent.of(JSON.readTree(line)));
    } catch (JacksonException e) {
      events++;
      reject(file + ":" + number + ": not JSON");
    }
  }

  private void readStream(Path file) throws IOException {
    try (InputStream in = EventFile.open(file);
        MappingIterator<JsonNode> nodes = STREAM.readerFor(JsonNode.class).readValues(in)) {
      while (nodes.hasNext()) {
        JsonNode node = nodes.next();
        for (JsonNode event : node.isArray() ? node : List.of(node)) {
          accept(SigmaEvent.of(event));
        }
      }
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      reject(file + ":" + line + ": not JSON; nothing after it was read");
    }
  }

  private void reject(String complaint) {
    rejects++;
    err.println(complaint);
  }

  private void accept(SigmaEvent event) {
    // An event without a time counts as simultaneous with the one before it.
    micros = event.micros().orElse(micros);
    print(engine.accept(++events, micros, event));
  }

  private void print(List<Hit> hits) {
    hits.forEach(hit -> out.println(format.apply(hit)));
  }
}
