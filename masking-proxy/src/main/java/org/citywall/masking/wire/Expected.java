// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An answer that the database owes. Confined to the session's event loop. */
final class Expected {

  /** Which message ends it. */
  enum Kind {
    QUERY,
    PARSE,
    BIND,
    DESCRIBE,
    EXECUTE,
    CLOSE,
    SYNC,
    /** The end of a client's copy, to which there is no answer of its own. */
    COPY_END
  }

  private static final Runnable NOTHING = () -> {};

  private final Kind kind;
  private boolean hidden;
  private boolean own;
  private @Nullable Fault replacement;
  private @Nullable Execution execution;
  private @Nullable Description description;
  private @Nullable Names names;
  private Runnable dropped = NOTHING;
  private Runnable done = NOTHING;

  /** Gathers the answer about a session's names. */
  static final class Names {
    private final ByteBuf rows;
    private final Consumer<ByteBuf> done;

    Names(ByteBuf rows, Consumer<ByteBuf> done) {
      this.rows = rows;
      this.done = done;
    }

    void add(ByteBuf more) {
      rows.writeBytes(more);
    }

    void finish() {
      done.accept(rows);
      rows.release();
    }
  }

  Expected(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  /** The client did not ask and gets no answer. */
  Expected hide() {
    hidden = true;
    return this;
  }

  boolean hidden() {
    return hidden;
  }

  /** The database fails at it, and the client gets this. */
  Expected replacedBy(Fault fault) {
    replacement = fault;
    return this;
  }

  @Nullable Fault replacement() {
    return replacement;
  }

  Expected of(@Nullable Execution running) {
    execution = running;
    return this;
  }

  @Nullable Execution execution() {
    return execution;
  }

  /** The answer says this. */
  Expected of(Description described) {
    description = described;
    return this;
  }

  @Nullable Description description() {
    return description;
  }

  /** Belongs to a question of the proxy itself, which must not fail. */
  Expected own() {
    own = true;
    return hide();
  }

  boolean isOwn() {
    return own;
  }

  Expected gathering(Names gathered) {
    names = gathered;
    return own();
  }

  @Nullable Names names() {
    return names;
  }

  /** What to do when the database skips it because something before it failed. */
  Expected whenDropped(Runnable act) {
    dropped = act;
    return this;
  }

  /** Lasts when it has been answered, and not when it is skipped. */
  Expected making(Change change) {
    return whenDone(change.keep()).whenDropped(change.undo());
  }

  /** Takes back what was assumed of it. */
  void undo() {
    dropped.run();
  }

  /** What to do when it has been answered. */
  Expected whenDone(Runnable act) {
    done = act;
    return this;
  }

  void finish() {
    done.run();
  }

  void drop() {
    undo();
    Execution skipped = execution;
    if (skipped != null) {
      skipped.failed("25P02");
      skipped.end();
    }
  }
}
