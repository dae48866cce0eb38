// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.Micros;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A slow stream of new events from the demo city, one to three a second, through the collectors'
 * ports. One thread, one record at a time, nothing queued: while the collectors refuse, it waits,
 * up to half a minute between attempts. {@link #close()} stops it.
 */
public final class DemoLiveStream implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DemoLiveStream.class);
  private static final long SHORTEST_PAUSE_MILLIS = 330;
  private static final long LONGEST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_WAIT_MILLIS = 30_000;

  private final LiveScript script;
  private final LiveSender sender;
  private final Clock clock;
  private final RandomGenerator random;
  private final String run;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final Thread thread;

  private DemoLiveStream(DemoCity city, LiveTarget target, Clock clock, long seed) {
    this.random = DemoCity.random(seed);
    this.script = new LiveScript(city, random);
    this.sender = new LiveSender(target);
    this.clock = clock;
    this.run = "demo-" + Micros.of(clock.instant()) + "-";
    this.thread = Thread.ofVirtual().name("demo-live").unstarted(this::run);
  }

  /** Starts the stream of this city. */
  public static DemoLiveStream start(DemoCity city, LiveTarget target, Clock clock, long seed) {
    DemoLiveStream stream = new DemoLiveStream(city, target, clock, seed);
    stream.thread.start();
    return stream;
  }

  /** Records that the collectors took. */
  public long sent() {
    return sent.get();
  }

  /** Attempts that failed and were made again. */
  public long failures() {
    return failures.get();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.close();
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        deliver(script.next(Micros.of(clock.instant())), run + (sent.get() + 1));
        sent.incrementAndGet();
        Thread.sleep(random.nextLong(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS));
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("the demo's live stream stops");
    }
  }

  // The id stays the same, so a record whose answer was lost is not recorded twice.
  private void deliver(DemoRecord record, String id) throws InterruptedException {
    long wait = SHORTEST_PAUSE_MILLIS;
    while (true) {
      try {
        sender.send(record, id);
        return;
      } catch (IOException e) {
        failures.incrementAndGet();
        LOG.atWarn().addKeyValue("cause", e.toString()).log("the demo cannot send; it retries");
        Thread.sleep(wait);
        wait = Math.min(wait * 2, LONGEST_WAIT_MILLIS);
      }
    }
  }
}
