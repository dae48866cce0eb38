// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.citywall.masking.sql.facts.StatementKind;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the database, in order: a message waits until it may leave, and everything behind it
 * waits too. Knows what the database still has to answer, and what it skips after a failure.
 * Confined to the session's event loop.
 */
final class Pipeline {

  static final CompletableFuture<Void> NOW = CompletableFuture.completedFuture(null);

  /**
   * Bytes that leave together.
   *
   * @param ready when they may
   * @param otherwise what leaves in their place where they must not
   * @param begin what has to be done first, once all before it is answered; nothing follows before
   *     it is answered itself. Null where it does not wait for answers.
   */
  private record Step(
      ByteBuf bytes,
      List<Expected> expected,
      CompletableFuture<Void> ready,
      @Nullable Function<Throwable, Substitute> otherwise,
      @Nullable Supplier<CompletableFuture<Void>> begin) {

    /** The same, begun. */
    Step begun(CompletableFuture<Void> begun) {
      return new Step(bytes, expected, begun, otherwise, null);
    }
  }

  /** What leaves in the place of a message that must not. */
  record Substitute(ByteBuf bytes, Expected expected) {}

  private final Outlet backend;
  private final EventExecutor eventLoop;
  private final Supplier<ByteBuf> sync;
  private final Deque<Step> waiting = new ArrayDeque<>();
  private final Deque<Expected> owed = new ArrayDeque<>();
  private boolean watching;
  private boolean skipping;
  private boolean copying;
  private long currentSince = System.nanoTime();

  /** Whether the step before runs by itself, and has not been answered. */
  private boolean alone;

  /** Whether the first step that waits is one that runs by itself, and has begun. */
  private boolean beginning;

  /**
   * @param sync makes a Sync
   */
  Pipeline(Outlet backend, EventExecutor eventLoop, Supplier<ByteBuf> sync) {
    this.sync = sync;
    this.backend = backend;
    this.eventLoop = eventLoop;
  }

  void add(ByteBuf bytes, Expected... expected) {
    add(bytes, NOW, null, expected);
  }

  void add(
      ByteBuf bytes,
      CompletableFuture<Void> ready,
      @Nullable Function<Throwable, Substitute> otherwise,
      Expected... expected) {
    Step step = new Step(bytes, List.of(expected), ready, otherwise, null);
    if (waiting.isEmpty() && ready.isDone() && !alone) {
      send(step);
    } else {
      waiting.add(step);
      drain();
    }
  }

  /**
   * Adds what runs by itself: it begins once all before it is answered, unless the database skips
   * it, and what follows waits until it is answered.
   */
  void addAlone(
      ByteBuf bytes,
      Supplier<CompletableFuture<Void>> begin,
      Function<Throwable, Substitute> otherwise,
      Expected expected) {
    waiting.add(new Step(bytes, List.of(expected), NOW, otherwise, begin));
    drain();
  }

  /** Puts before all that waits what the database fails at. */
  void addFirst(Substitute substitute) {
    alone = false;
    backend.write(substitute.bytes());
    owe(substitute.expected());
  }

  /** Messages that have not left yet. */
  int waiting() {
    return waiting.size();
  }

  /** Whether nothing is on its way and the database owes nothing. */
  boolean isIdle() {
    return waiting.isEmpty() && current() == null;
  }

  /** Whether the database takes a copy in whose end has not been sent. */
  boolean isCopying() {
    return copying;
  }

  /** Whether an answer of this sort has not come yet. */
  boolean owes(Predicate<Expected> sort) {
    return Stream.concat(owed.stream(), waiting.stream().flatMap(step -> step.expected().stream()))
        .anyMatch(sort);
  }

  /** Whether a statement of one of these kinds, or of a kind that is not known, has not ended. */
  boolean owes(Set<StatementKind> kinds) {
    return Stream.concat(owed.stream(), waiting.stream().flatMap(step -> step.expected().stream()))
        .map(Expected::execution)
        .filter(Objects::nonNull)
        .map(execution -> execution.decision().kind())
        .anyMatch(kind -> kind == null || kinds.contains(kind));
  }

  /**
   * The database takes a copy in: until that ends it reads over each Sync, so that what was sent in
   * between gets no answer.
   */
  void copiesIn() {
    Iterator<Expected> behind = owed.iterator();
    behind.next();
    while (behind.hasNext()) {
      Expected next = behind.next();
      Expected.Kind kind = next.kind();
      if (kind == Expected.Kind.COPY_END) {
        behind.remove();
        return;
      }
      if (kind == Expected.Kind.SYNC) {
        behind.remove();
        next.drop();
      }
    }
    copying = true;
  }

  /** Has leave what may. */
  void flush() {
    backend.flush();
  }

  private void drain() {
    alone &= current() != null;
    while (!waiting.isEmpty() && !alone) {
      Step step = waiting.getFirst();
      Supplier<CompletableFuture<Void>> begin = step.begin();
      if (begin != null) {
        if (current() != null) {
          return;
        }
        waiting.removeFirst();
        if (skipping && step.expected().getFirst().kind() == Expected.Kind.QUERY) {
          skip(step);
          continue;
        }
        step = step.begun(skipping ? NOW : begin.get());
        waiting.addFirst(step);
        beginning = true;
      }
      if (!step.ready().isDone()) {
        watch(step);
        return;
      }
      waiting.removeFirst();
      send(step);
      alone = beginning && current() != null;
      beginning = false;
    }
  }

  /** A query that failed when it was parsed ahead: the database waits for a Sync. */
  private void skip(Step step) {
    step.bytes().release();
    step.expected().forEach(Expected::drop);
    backend.write(sync.get());
    owe(new Expected(Expected.Kind.SYNC));
  }

  /** All is answered: what waited for that may leave. */
  private void answered() {
    if (owed.isEmpty() && !waiting.isEmpty()) {
      eventLoop.execute(
          () -> {
            drain();
            backend.flush();
          });
    }
  }

  private void watch(Step step) {
    if (!watching) {
      watching = true;
      step.ready()
          .whenComplete(
              (done, failure) ->
                  eventLoop.execute(
                      () -> {
                        watching = false;
                        drain();
                        backend.flush();
                      }));
    }
  }

  private void send(Step step) {
    Function<Throwable, Substitute> otherwise = step.otherwise();
    if (step.ready().isCompletedExceptionally() && otherwise != null) {
      step.bytes().release();
      Substitute substitute = otherwise.apply(step.ready().exceptionNow());
      backend.write(substitute.bytes());
      owe(substitute.expected());
    } else {
      backend.write(step.bytes());
      step.expected().forEach(this::owe);
    }
  }

  /** PostgreSQL reads nothing but Sync after a failure in the extended protocol. */
  private void owe(Expected expected) {
    if (copying && expected.kind() == Expected.Kind.COPY_END) {
      copying = false;
    } else if (copying && expected.kind() == Expected.Kind.SYNC) {
      expected.drop();
    } else if (skipping && expected.kind() != Expected.Kind.SYNC) {
      expected.drop();
    } else {
      skipping = false;
      if (owed.isEmpty()) {
        currentSince = System.nanoTime();
      }
      owed.add(expected);
    }
  }

  /** What the database answers now; null where it owes nothing. */
  @Nullable Expected current() {
    while (!owed.isEmpty() && owed.getFirst().kind() == Expected.Kind.COPY_END) {
      owed.removeFirst();
    }
    return owed.peekFirst();
  }

  /** Since when the database owes that, or nothing; of {@link System#nanoTime}. */
  long currentSince() {
    return currentSince;
  }

  Expected done() {
    currentSince = System.nanoTime();
    Expected done = owed.removeFirst();
    answered();
    return done;
  }

  /** The current one failed: what is owed up to the next Sync will not come. */
  void failed() {
    Expected failed = owed.getFirst();
    copying = false;
    // Behind a query, and where the end of a transaction itself fails, the database is ready again.
    if (failed.kind() == Expected.Kind.QUERY || failed.kind() == Expected.Kind.SYNC) {
      return;
    }
    done();
    while (!owed.isEmpty() && owed.getFirst().kind() != Expected.Kind.SYNC) {
      owed.removeFirst().drop();
    }
    skipping = owed.isEmpty();
    answered();
  }

  /** Ends with everything that waits. */
  void close() {
    waiting.forEach(step -> step.bytes().release());
    waiting.forEach(step -> step.expected().forEach(Expected::drop));
    waiting.clear();
    owed.forEach(Expected::drop);
    owed.clear();
  }
}
