// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.citywall.collect.Parser;
import org.citywall.collect.internal.intake.Channel;
import org.citywall.collect.internal.intake.Frame;
import org.citywall.collect.internal.intake.Intake;
import org.citywall.collect.internal.intake.SourceKind;

/**
 * Syslog over a stream (RFC 6587, RFC 5425). There are no acknowledgements: a full spool stops the
 * reading, and with it the sender.
 */
final class SyslogSession implements Session {

  private static final int MAX_BATCH = 512;

  private final SourceKind kind;
  private final Intake intake;
  private final Parser parser;
  private final int maxRecord;

  SyslogSession(SourceKind kind, Intake intake, Parser parser, int maxRecord) {
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
    SyslogFraming framing = new SyslogFraming(connection.buffer(), maxRecord);
    boolean clean = false;
    try {
      while (connection.read(framing.insideRecord())) {
        acceptAll(connection, channel, framing);
      }
      clean = true;
    } finally {
      Frame rest = framing.finish(clean);
      if (rest != null) {
        intake.accept(channel, parser, List.of(rest));
      }
    }
  }

  private void acceptAll(Connection connection, Channel channel, SyslogFraming framing)
      throws InterruptedException {
    List<Frame> frames = new ArrayList<>();
    Frame frame = framing.next();
    while (frame != null) {
      frames.add(frame);
      frame = framing.next();
      if (frames.size() == MAX_BATCH || frame == null) {
        intake.accept(channel, parser, frames);
        frames = new ArrayList<>();
        connection.recordEnded();
      }
    }
  }
}
