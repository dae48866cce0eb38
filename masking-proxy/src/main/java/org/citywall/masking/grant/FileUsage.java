// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.grant;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one proxy in a forced file; see the package. What is wished while the last wishes are
 * forced is forced together.
 */
public final class FileUsage implements Usage {

  private static final int MOST_WAITING = 20_000;
  private static final int BATCH = 500;

  /** A wish of somebody who waits; {@code most} is below 0 where something is given back. */
  private record Wish(
      UsageKey key, long limit, long least, long most, CompletableFuture<Taken> result) {}

  private final UsageFile file;
  private final Clock clock;
  private final Map<String, UsageFile.Count> counts;
  private final LinkedBlockingQueue<Wish> wishes = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Wish end;
  private final Thread thread;
  private volatile boolean closed;

  private FileUsage(UsageFile file, Clock clock, Map<String, UsageFile.Count> counts) {
    this.file = file;
    this.clock = clock;
    this.counts = counts;
    this.end = new Wish(new UsageKey("end", clock.instant()), 0, 0, 0, new CompletableFuture<>());
    this.thread = Thread.ofPlatform().name("proxy-usage").daemon().unstarted(this::run);
  }

  /**
   * Goes on with what the file counts; makes it where it is missing. {@code MSK-0034} where it
   * cannot be read or another process has it, {@code MSK-0035} where it is damaged.
   */
  public static FileUsage open(Path path, Clock clock) {
    try {
      Map<String, UsageFile.Count> counts = new HashMap<>();
      UsageFile file = UsageFile.open(path, clock.instant(), counts);
      FileUsage usage = new FileUsage(file, clock, counts);
      usage.thread.start();
      return usage;
    } catch (IOException e) {
      throw new PlatformException(MaskingErrorCode.USAGE_UNAVAILABLE, path.toString(), e);
    }
  }

  @Override
  public CompletableFuture<Taken> take(UsageKey key, long limit, long least, long most) {
    if (limit < 0 || least < 1 || most < least) {
      throw new IllegalArgumentException("0 <= limit and 1 <= least <= most");
    }
    return offer(new Wish(key, limit, least, most, new CompletableFuture<>()));
  }

  @Override
  public void giveBack(UsageKey key, long count) {
    offer(new Wish(key, 0, 0, -count, new CompletableFuture<>()));
  }

  private CompletableFuture<Taken> offer(Wish wish) {
    // one that is offered behind the last one is not answered any more
    if (closed || !wishes.offer(wish) || closed && wishes.remove(wish)) {
      wish.result().completeExceptionally(unavailable("too many wait", null));
    }
    return wish.result();
  }

  @Override
  public CompletableFuture<Long> left(UsageKey key, long limit) {
    UsageFile.Count count;
    synchronized (counts) {
      count = counts.get(key.name());
    }
    boolean over = !clock.instant().isBefore(key.expires());
    long used = count == null ? 0 : count.used();
    return CompletableFuture.completedFuture(over ? 0 : Math.max(0, limit - used));
  }

  private void run() {
    List<Wish> batch = new ArrayList<>();
    try {
      while (!batch.contains(end)) {
        batch.clear();
        batch.add(wishes.take());
        wishes.drainTo(batch, BATCH - 1);
        grant(batch.stream().filter(wish -> !wish.equals(end)).toList());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closed = true;
      wishes.forEach(wish -> wish.result().completeExceptionally(unavailable("closed", null)));
    }
  }

  private void grant(List<Wish> batch) {
    List<UsageFile.Taking> takings = new ArrayList<>();
    List<Taken> answers = new ArrayList<>();
    Map<String, UsageFile.Count> next = new HashMap<>();
    for (Wish wish : batch) {
      Taken taken = answer(wish, next);
      answers.add(taken);
      if (taken.count() != 0) {
        takings.add(new UsageFile.Taking(wish.key(), taken.count()));
      }
    }
    try {
      if (!takings.isEmpty()) {
        file.append(takings);
      }
      synchronized (counts) {
        counts.putAll(next);
        file.shorten(clock.instant(), counts);
      }
    } catch (IOException | RuntimeException e) {
      batch.forEach(wish -> wish.result().completeExceptionally(unavailable("not durable", e)));
      return;
    }
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).result().complete(answers.get(i));
    }
  }

  private Taken answer(Wish wish, Map<String, UsageFile.Count> next) {
    if (!clock.instant().isBefore(wish.key().expires())) {
      return new Taken(0, 0);
    }
    UsageFile.Count known = next.get(wish.key().name());
    if (known == null) {
      known = counts.getOrDefault(wish.key().name(), new UsageFile.Count(0, wish.key().expires()));
    }
    long left = Math.max(0, wish.limit() - known.used());
    long count = left < wish.least() ? 0 : Math.min(left, wish.most());
    if (wish.most() < 0) {
      count = Math.max(-known.used(), wish.most());
    }
    if (count != 0) {
      next.put(wish.key().name(), known.plus(count, wish.key().expires()));
    }
    return new Taken(count, left - count);
  }

  private static PlatformException unavailable(String why, @Nullable Throwable cause) {
    return new PlatformException(MaskingErrorCode.USAGE_UNAVAILABLE, why, cause);
  }

  /** Answers who waits, and ends. */
  @Override
  public void close() {
    closed = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        wishes.put(end);
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    file.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
