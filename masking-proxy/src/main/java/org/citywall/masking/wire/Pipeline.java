// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
   */
  private record Step(
      ByteBuf bytes,
      List<Expected> expected,
      CompletableFuture<Void> ready,
      @Nullable Supplier<Substitute> otherwise) {}

  /** What leaves in the place of a message that must not. */
  record Substitute(ByteBuf bytes, Expected expected) {}

  private final Channel backend;
  private final Deque<Step> waiting = new ArrayDeque<>();
  private final Deque<Expected> owed = new ArrayDeque<>();
  private boolean watching;
  private boolean skipping;
  private boolean copying;

  Pipeline(Channel backend) {
    this.backend = backend;
  }

  void add(ByteBuf bytes, Expected... expected) {
    add(bytes, NOW, null, expected);
  }

  void add(
      ByteBuf bytes,
      CompletableFuture<Void> ready,
      @Nullable Supplier<Substitute> otherwise,
      Expected... expected) {
    waiting.add(new Step(bytes, List.of(expected), ready, otherwise));
    drain();
  }

  /** Messages that have not left yet. */
  int waiting() {
    return waiting.size();
  }

  /** Whether nothing is on its way and the database owes nothing. */
  boolean isIdle() {
    return waiting.isEmpty() && current() == null;
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
      Expected.Kind kind = behind.next().kind();
      if (kind == Expected.Kind.COPY_END) {
        behind.remove();
        return;
      }
      if (kind == Expected.Kind.SYNC) {
        behind.remove();
      }
    }
    copying = true;
  }

  private void drain() {
    while (!waiting.isEmpty()) {
      Step step = waiting.getFirst();
      if (!step.ready().isDone()) {
        watch(step);
        return;
      }
      waiting.removeFirst();
      send(step);
    }
  }

  private void watch(Step step) {
    if (!watching) {
      watching = true;
      step.ready()
          .whenComplete(
              (done, failure) ->
                  backend
                      .eventLoop()
                      .execute(
                          () -> {
                            watching = false;
                            drain();
                            backend.flush();
                          }));
    }
  }

  private void send(Step step) {
    Supplier<Substitute> otherwise = step.otherwise();
    if (step.ready().isCompletedExceptionally() && otherwise != null) {
      step.bytes().release();
      Substitute substitute = otherwise.get();
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

  Expected done() {
    return owed.removeFirst();
  }

  /** The current one failed: what is owed up to the next Sync will not come. */
  void failed() {
    Expected failed = owed.getFirst();
    copying = false;
    // Behind a query, and where the end of a transaction itself fails, the database is ready again.
    if (failed.kind() == Expected.Kind.QUERY || failed.kind() == Expected.Kind.SYNC) {
      return;
    }
    owed.removeFirst();
    while (!owed.isEmpty() && owed.getFirst().kind() != Expected.Kind.SYNC) {
      owed.removeFirst().drop();
    }
    skipping = owed.isEmpty();
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
