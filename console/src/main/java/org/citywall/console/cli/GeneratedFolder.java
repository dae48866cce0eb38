// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventJson;
import org.citywall.console.demo.DemoProxyFiles;
import org.citywall.console.evaluate.EventReader;
import org.citywall.console.generate.Generator;
import org.citywall.console.generate.GeneratorOptions;
import org.citywall.console.generate.Truth;
import org.citywall.console.generate.TruthLines;
import org.citywall.correlation.ContextFile;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.json.JsonMapper;

/** The folder that {@code generate} writes and {@code rules report} reads. */
record GeneratedFolder(Path folder) {

  private static final String EVENTS = "events.ndjson";
  private static final String ZIPPED = EVENTS + ".gz";
  private static final String RUN = "run.json";
  private static final int BUFFER = 1 << 16;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * What the folder holds.
   *
   * @param staged instances that the truth tells of
   */
  record Run(GeneratorOptions options, int officers, long events, int staged) {}

  Path truth() {
    return folder.resolve("truth.ndjson");
  }

  Path context() {
    return folder.resolve("context.yaml");
  }

  Path placeholders() {
    return folder.resolve("placeholders.yaml");
  }

  Path events() {
    Path zipped = folder.resolve(ZIPPED);
    return Files.exists(zipped) ? zipped : folder.resolve(EVENTS);
  }

  /** How many days of it rules may learn from; a third where nothing is said. */
  Run run() {
    return JSON.readValue(TextFile.read(folder.resolve(RUN)), Run.class);
  }

  boolean hasRun() {
    return Files.exists(folder.resolve(RUN));
  }

  /** Writes everything; {@code CLI-0066} where that fails. */
  Run write(
      Generator generator,
      GeneratorOptions options,
      int officers,
      boolean zip,
      Consumer<Long> progress) {
    try {
      Files.createDirectories(folder);
      Files.deleteIfExists(folder.resolve(zip ? EVENTS : ZIPPED));
      Files.writeString(context(), ContextFile.text(generator.context()));
      Files.writeString(
          folder.resolve("catalogue.yaml"), DemoProxyFiles.catalogue(generator.dataSets()));
      Files.writeString(placeholders(), lists(generator));
      long events = writeEvents(generator, folder.resolve(zip ? ZIPPED : EVENTS), progress);
      List<Truth> truth = generator.truth();
      Files.write(truth(), truth.stream().map(TruthLines::write).toList());
      Run run = new Run(options, officers, events, truth.size());
      Files.writeString(
          folder.resolve(RUN), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(run));
      return run;
    } catch (IOException | UncheckedIOException | JacksonIOException e) {
      throw new PlatformException(CliErrorCode.FOLDER_UNWRITABLE, folder.toString(), e);
    }
  }

  private static String lists(Generator generator) {
    StringBuilder yaml = new StringBuilder();
    new TreeMap<>(generator.placeholders())
        .forEach((name, values) -> yaml.append(name).append(": ").append(values).append('\n'));
    return yaml.toString();
  }

  private static long writeEvents(Generator generator, Path file, Consumer<Long> progress)
      throws IOException {
    long[] count = new long[1];
    try (OutputStream out = open(file);
        JsonGenerator json =
            JSON.writer().withRootValueSeparator("\n").createGenerator(out, JsonEncoding.UTF8)) {
      generator.play(
          event -> {
            EventJson.write(event, json);
            progress.accept(++count[0]);
          });
      json.writeRaw('\n');
    }
    return count[0];
  }

  private static OutputStream open(Path file) throws IOException {
    OutputStream plain = new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
    return file.toString().endsWith(".gz") ? new GZIPOutputStream(plain, BUFFER) : plain;
  }

  /** Reads a file of truth; {@code CLI-0065} where a line is none, {@code CLI-0020}. */
  static List<Truth> readTruth(Path file) {
    return TextFile.read(file)
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> understood(file, line, TruthLines::read))
        .toList();
  }

  /** Reads events, zipped or not; {@code CLI-0065}, {@code CLI-0020}. */
  static void readEvents(Path file, Consumer<Event> out) {
    try (InputStream in = EventFile.open(file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), BUFFER)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          out.accept(understood(file, line, EventReader::read));
        }
      }
    } catch (IOException e) {
      throw new PlatformException(CliErrorCode.FILE_UNREADABLE, file.toString(), e);
    }
  }

  private static <T> T understood(Path file, String line, Function<String, T> reader) {
    try {
      return reader.apply(line);
    } catch (IllegalArgumentException e) {
      throw new PlatformException(
          CliErrorCode.LABELLED_EVENTS_INVALID, file + ": " + e.getMessage(), e);
    }
  }
}
