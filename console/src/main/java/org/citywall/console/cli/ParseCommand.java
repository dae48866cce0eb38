// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.SourcePosition;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.ParseResult;
import org.citywall.collect.Parser;
import org.citywall.collect.ParserCatalogue;
import org.citywall.collect.ParserOptions;
import org.citywall.collect.RawRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Shows what the collectors would make of files: an event per line, rejects apart. */
@Command(
    name = "parse",
    exitCodeOnInvalidInput = 1,
    mixinStandardHelpOptions = true,
    description = "Print one JSON object (ECS, dotted keys) per event of the given files.")
public final class ParseCommand implements Callable<Integer> {

  private static final int DONE = 0;
  private static final int DONE_WITH_REJECTS = 3;
  private static final int OUTSIDE_FAULT = 4;
  private static final String STANDARD_INPUT = "-";
  private static final Duration NO_SKEW = Duration.ofSeconds(-1);
  private static final JsonFactory JSON = new JsonFactory();

  private final Clock clock;
  private final InputStream in;
  private final OutputStream out;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, syslog or json (default: ${DEFAULT-VALUE}).")
  private String format = "auto";

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      defaultValue = "Asia/Shanghai",
      description = "Zone of times without one (default: ${DEFAULT-VALUE}).")
  private String timezone = "Asia/Shanghai";

  @Option(
      names = "--year",
      paramLabel = "YEAR",
      description = "Year of times without one (default: the latest that is not in the future).")
  private @Nullable Integer year;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "Files, compressed by gzip or not, or - for standard input.")
  private List<String> files = List.of();

  /** For the command line itself. */
  public ParseCommand() {
    this(Clock.systemUTC(), System.in, System.out);
  }

  ParseCommand(Clock clock, InputStream in, OutputStream out) {
    this.clock = clock;
    this.in = in;
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    Parser parser = parser();
    PrintWriter complaints = command().commandLine().getErr();
    int exit = DONE;
    BufferedOutputStream events = new BufferedOutputStream(out, 1 << 16);
    for (String file : files) {
      try (InputStream stream = open(file)) {
        if (parse(file, stream, parser, events, complaints) > 0 && exit == DONE) {
          exit = DONE_WITH_REJECTS;
        }
      } catch (IOException e) {
        String code = CollectErrorCode.FILE_UNREADABLE.id();
        complaints.println(file + ": " + code + " " + e.getClass().getSimpleName());
        exit = OUTSIDE_FAULT;
      }
    }
    events.flush();
    complaints.flush();
    return exit;
  }

  private Parser parser() {
    if (!ParserCatalogue.names().contains(format)) {
      throw mistake("--format is one of " + String.join(", ", ParserCatalogue.names()));
    }
    OptionalInt assumed = year == null ? OptionalInt.empty() : OptionalInt.of(year);
    try {
      return ParserCatalogue.named(
          format, new ParserOptions(ZoneId.of(timezone), assumed, NO_SKEW));
    } catch (DateTimeException e) {
      throw mistake("--timezone is a zone such as Asia/Shanghai or +08:00");
    }
  }

  private ParameterException mistake(String message) {
    return new ParameterException(command().commandLine(), message);
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("not run by the command line");
    }
    return spec;
  }

  private InputStream open(String file) throws IOException {
    return file.equals(STANDARD_INPUT)
        ? new BufferedInputStream(in, 1 << 16)
        : EventFile.open(Path.of(file));
  }

  /** Parses line by line; answers the number of rejects. */
  private long parse(
      String file, InputStream stream, Parser parser, OutputStream events, PrintWriter complaints)
      throws IOException {
    long rejects = 0;
    long line = 0;
    Instant now = clock.instant();
    for (byte[] bytes = line(stream); bytes != null; bytes = line(stream)) {
      line++;
      if (bytes.length > 0) {
        SourcePosition position = new SourcePosition("file/" + file, 0, line);
        switch (parser.parse(new RawRecord(bytes, now, position))) {
          case ParseResult.Parsed parsed -> print(parsed, events);
          case ParseResult.Rejected rejected -> {
            rejects++;
            complaints.println(
                file + ":" + line + ": " + rejected.code().id() + " " + rejected.reason());
          }
        }
      }
    }
    return rejects;
  }

  private static void print(ParseResult.Parsed parsed, OutputStream events) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      EventJson.write(parsed.event(), json);
    }
    bytes.write('\n');
    bytes.writeTo(events);
  }

  /** The next line without its end, or null at the end of the stream. */
  private static byte @Nullable [] line(InputStream stream) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    int b = stream.read();
    if (b < 0) {
      return null;
    }
    while (b >= 0 && b != '\n') {
      bytes.write(b);
      b = stream.read();
    }
    byte[] line = bytes.toByteArray();
    int last = line.length - 1;
    return last >= 0 && line[last] == '\r' ? Arrays.copyOf(line, last) : line;
  }
}
