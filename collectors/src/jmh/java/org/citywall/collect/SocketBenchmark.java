// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.testing.MemoryLog;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** RELP over loopback: a window of records sent, parsed, fsynced and acknowledged. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class SocketBenchmark {

  private static final int RECORDS = 1024;
  private static final String LINE =
      "<38>1 2026-03-04T08:00:00.123456+08:00 gw-01 sshd 4711 - - Failed password for root from"
          + " 203.0.113.9 port 50112 ssh2";

  /** Records that are sent before their answers are read, as librelp's window. */
  @Param({"128", "1024"})
  public int window;

  private Path folder = Path.of("");
  private MemoryLog log = new MemoryLog();
  private Collectors collectors;
  private Socket socket;
  private byte[] frames = new byte[0];
  private int answerBytes;

  @Setup(Level.Iteration)
  public void open() throws IOException {
    folder = Files.createTempDirectory("citywall-bench");
    log = new MemoryLog();
    collectors =
        Collectors.start(CollectorConfig.in(folder).relp(0).build(), log, null, Clock.systemUTC());
    InetSocketAddress address = collectors.addresses().relp().orElseThrow();
    socket = new Socket(address.getAddress(), address.getPort());
    send("1 open 15 commands=syslog\n".getBytes(US_ASCII));
    while (socket.getInputStream().read() != 'g' || socket.getInputStream().read() != '\n') {
      continue;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < window; i++) {
      text.append("2 syslog ").append(LINE.length()).append(' ').append(LINE).append('\n');
    }
    frames = text.toString().getBytes(US_ASCII);
    answerBytes = window * "2 rsp 6 200 OK\n".length();
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public void sendAndAwaitAcknowledgement() throws IOException {
    InputStream in = socket.getInputStream();
    for (int sent = 0; sent < RECORDS; sent += window) {
      send(frames);
      in.skipNBytes(answerBytes);
    }
  }

  private void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @TearDown(Level.Iteration)
  public void close() throws IOException {
    socket.close();
    collectors.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
