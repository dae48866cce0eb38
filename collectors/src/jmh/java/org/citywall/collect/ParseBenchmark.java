// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.event.SourcePosition;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Raw records to events, on one core. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class ParseBenchmark {

  @Param({
    "<38>1 2026-03-04T08:00:00.123456+08:00 gw-01 sshd 4711 - - Failed password for root from"
        + " 203.0.113.9 port 50112 ssh2",
    "<38>Mar  4 08:00:02 gw-01 sshd[4711]: Accepted password for zhangwei from 198.51.100.7 port"
        + " 40022 ssh2",
    "{\"@timestamp\":\"2026-03-04T08:00:00+08:00\",\"event\":{\"action\":\"query\",\"category\":"
        + "[\"database\"]},\"user.name\":\"zhangwei\",\"db.rows.returned\":12,\"gov.data.level\":3}"
  })
  public String line = "";

  private final Parser parser =
      ParserCatalogue.named(
          "auto",
          new ParserOptions(
              ZoneId.of("Asia/Shanghai"), OptionalInt.empty(), Duration.ofMinutes(5)));
  private final Instant received = Instant.parse("2026-03-04T00:01:00Z");
  private final SourcePosition position = new SourcePosition("syslog-tls/10.0.0.7", 1, 1);

  @Benchmark
  public ParseResult parse() {
    return parser.parse(new RawRecord(line.getBytes(UTF_8), received, position));
  }
}
