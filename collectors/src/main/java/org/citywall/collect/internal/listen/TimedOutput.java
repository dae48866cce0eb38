// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.listen;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.citywall.collect.internal.listen.Deadlines.Deadline;

/** Ends a connection whose peer does not read what is written to it. */
final class TimedOutput extends OutputStream {

  private final OutputStream out;
  private final Deadline deadline;
  private final Duration most;

  TimedOutput(OutputStream out, Deadline deadline, Duration most) {
    this.out = out;
    this.deadline = deadline;
    this.most = most;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    deadline.within(most);
    try {
      out.write(bytes, offset, length);
    } finally {
      deadline.off();
    }
  }
}
