// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.collect.CollectErrorCode;
import org.citywall.collect.Parser;
import org.citywall.collect.internal.intake.Channel;
import org.citywall.collect.internal.intake.Frame;
import org.citywall.collect.internal.intake.Intake;
import org.citywall.collect.internal.intake.Receipt;
import org.citywall.collect.internal.intake.SourceKind;
import org.citywall.collect.internal.listen.RelpFraming.RelpFrame;
import org.jspecify.annotations.Nullable;

/**
 * RELP, protocol version 0, as librelp speaks it. A syslog frame is answered with {@code 200} after
 * its record is durable; everything that arrived together becomes durable together.
 */
final class RelpSession implements Session {

  private static final int MAX_BATCH = 512;
  private static final int MAX_PIECES = 16;
  private static final String OFFER =
      "200 OK\nrelp_version=0\nrelp_software=citywall\ncommands=syslog";

  private final SourceKind kind;
  private final Intake intake;
  private final Parser parser;
  private final int maxRecord;

  RelpSession(SourceKind kind, Intake intake, Parser parser, int maxRecord) {
    this.kind = kind;
    this.intake = intake;
    this.parser = parser;
    this.maxRecord = maxRecord;
  }

  @Override
  public void serve(Connection connection) throws IOException, InterruptedException {
    Channel channel = intake.open(kind.source(connection.peer().name()));
    try {
      serve(connection, channel);
    } finally {
      intake.ended(channel, connection.endedInOrder());
    }
  }

  private void serve(Connection connection, Channel channel)
      throws IOException, InterruptedException {
    RelpFraming framing = new RelpFraming(connection.buffer(), maxRecord * MAX_PIECES);
    OutputStream out = new BufferedOutputStream(connection.out(), 16 * 1024);
    boolean open = false;
    while (connection.read(framing.insideFrame())) {
      List<RelpFrame> batch = new ArrayList<>();
      for (RelpFrame frame = next(framing, channel, batch, out);
          frame != null;
          frame = next(framing, channel, batch, out)) {
        connection.recordEnded();
        if (open && frame.command().equals("syslog")) {
          batch.add(frame);
          if (batch.size() < MAX_BATCH) {
            continue;
          }
        }
        acceptAll(channel, batch, out);
        if (!frame.command().equals("syslog") || !open) {
          open = control(connection, frame, open, out);
          if (!open) {
            return;
          }
        }
      }
      acceptAll(channel, batch, out);
      out.flush();
    }
  }

  /** The next frame; before a stream that makes no sense is given up, all it brought is kept. */
  private @Nullable RelpFrame next(
      RelpFraming framing, Channel channel, List<RelpFrame> batch, OutputStream out)
      throws IOException, InterruptedException {
    try {
      return framing.next();
    } catch (PlatformException e) {
      acceptAll(channel, batch, out);
      out.flush();
      byte[] rest = framing.rest(maxRecord);
      if (rest.length > 0) {
        Frame reject =
            new Frame(rest, CollectErrorCode.RELP_MALFORMED, "not a frame of RELP, disconnected");
        intake.accept(channel, parser, List.of(reject));
      }
      throw e;
    }
  }

  private void acceptAll(Channel channel, List<RelpFrame> batch, OutputStream out)
      throws IOException, InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    List<Frame> records = new ArrayList<>(batch.size());
    for (RelpFrame frame : batch) {
      addRecord(frame.data(), records);
    }
    Receipt receipt = intake.accept(channel, parser, records);
    intake.awaitDurable(receipt);
    for (RelpFrame frame : batch) {
      respond(out, frame.transaction(), "200 OK");
    }
    batch.clear();
  }

  /** One record, or its pieces where it is beyond the limit. */
  private void addRecord(byte[] data, List<Frame> records) {
    int length = data.length;
    if (length > 0 && data[length - 1] == '\n') {
      length--;
    }
    if (length <= maxRecord) {
      records.add(Frame.whole(Arrays.copyOf(data, length)));
      return;
    }
    for (int start = 0, number = 1; start < length; start += maxRecord, number++) {
      int end = Math.min(start + maxRecord, length);
      records.add(Frame.piece(Arrays.copyOfRange(data, start, end), number));
    }
  }

  /** Answers a frame that is no record; false when the session is over. */
  private static boolean control(
      Connection connection, RelpFrame frame, boolean open, OutputStream out) throws IOException {
    boolean goesOn = false;
    if (frame.command().equals("open") && !open) {
      goesOn = offersSyslog(frame.data());
      respond(out, frame.transaction(), goesOn ? OFFER : "500 only the command syslog is known");
    } else if (frame.command().equals("close")) {
      respond(out, frame.transaction(), "");
      out.write("0 serverclose 0\n".getBytes(US_ASCII));
      connection.endsInOrder();
    } else {
      respond(
          out, frame.transaction(), open ? "500 unknown command" : "500 the session is not open");
      goesOn = open;
    }
    out.flush();
    return goesOn;
  }

  private static boolean offersSyslog(byte[] data) {
    return new String(data, UTF_8)
        .lines()
        .filter(line -> line.startsWith("commands="))
        .flatMap(line -> List.of(line.substring("commands=".length()).split(",", -1)).stream())
        .anyMatch("syslog"::equals);
  }

  private static void respond(OutputStream out, String transaction, String text)
      throws IOException {
    byte[] data = text.getBytes(US_ASCII);
    out.write(
        (transaction + " rsp " + data.length + (data.length > 0 ? " " : "")).getBytes(US_ASCII));
    out.write(data);
    out.write('\n');
  }
}
