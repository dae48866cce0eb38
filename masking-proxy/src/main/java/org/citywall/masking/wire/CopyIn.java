// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.WrittenText;
import org.jspecify.annotations.Nullable;

/**
 * Rows that the client copies in. Where one holds what a mask left of a value, the copy fails there
 * and the database keeps none of its rows. Confined to the session's event loop.
 */
final class CopyIn {

  private final boolean enforces;
  private final Pipeline pipeline;
  private final Decisions decisions;
  private final Outgoing outgoing;

  /** Of the copies that have not ended, in their order; empty for one that nobody looks at. */
  private final Deque<Optional<CopiedRows>> copies = new ArrayDeque<>();

  private @Nullable Running running;

  /** Whether the rest of what the client sends is read over. */
  private boolean refused;

  /** What runs. */
  private record Running(String sql, Prepared.Judged judged, Expected expected) {}

  CopyIn(boolean enforces, Pipeline pipeline, Decisions decisions, Outgoing outgoing) {
    this.enforces = enforces;
    this.pipeline = pipeline;
    this.decisions = decisions;
    this.outgoing = outgoing;
  }

  /** A text runs; the client's rows are from now on those of the copies in it. */
  void begins(String sql, Prepared.Judged judged, Expected expected) {
    copies.clear();
    refused = false;
    running = new Running(sql, judged, expected);
    for (WrittenText text : judged.written()) {
      if (text instanceof WrittenText.Copied copied) {
        copies.add(
            copied.columns().isEmpty() ? Optional.empty() : Optional.of(CopiedRows.of(copied)));
      }
    }
  }

  /** CopyData. */
  void data(FrontendMessage message) {
    CopiedRows rows = rows();
    if (rows != null) {
      rows.take(message.body());
      look(rows);
    }
    if (!refused) {
      pipeline.add(message.bytes().retain());
    }
  }

  /** CopyDone or CopyFail. */
  void end(FrontendMessage message) {
    CopiedRows rows = rows();
    if (rows != null && message.type() == FrontendMessage.COPY_DONE) {
      rows.end();
      look(rows);
    }
    copies.poll();
    if (!refused) {
      pipeline.add(message.bytes().retain(), new Expected(Expected.Kind.COPY_END));
    }
    refused = false;
  }

  private @Nullable CopiedRows rows() {
    Optional<CopiedRows> first = refused ? null : copies.peek();
    return first == null ? null : first.orElse(null);
  }

  private void look(CopiedRows rows) {
    Running copying = running;
    String masked = rows.masked().orElse(null);
    if (masked == null || copying == null) {
      return;
    }
    copies.poll();
    Verdict.Refused verdict = WrittenBack.refused(masked);
    Decision decision = decisions.of(copying.sql(), copying.judged().refused(verdict));
    if (enforces) {
      refused = true;
      copies.clear();
      copying.expected().replacedBy(Fault.of(verdict, copying.sql()));
      outgoing.endCopy(decision);
    } else {
      copies.addFirst(Optional.empty());
      outgoing.observed(decision);
    }
  }
}
