// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.StoredEntry;
import org.citywall.audit.log.StoredLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives stored entries, a piece at a time, and what proves them. */
final class EntriesEndpoint {

  private static final Logger LOG = LoggerFactory.getLogger(EntriesEndpoint.class);
  private static final Set<String> PARAMETERS = Set.of("from", "max", "since");
  private static final int PIECE_ENTRIES = 2048;
  private static final int PIECE_BYTES = 1 << 20;

  private final StoredLog log;
  private final TreeAnswers tree;
  private final StoreLimits limits;

  EntriesEndpoint(StoredLog log, TreeAnswers tree, StoreLimits limits) {
    this.log = log;
    this.tree = tree;
    this.limits = limits;
  }

  void answer(Exchange exchange) throws IOException {
    Parameters parameters = exchange.parameters(PARAMETERS);
    long from = parameters.required("from");
    int max = (int) Math.min(parameters.required("max"), limits.answerEntries());
    long since = parameters.optional("since", 0);
    tree.requireSince(since);
    // A failure of the first piece can still be told by a status.
    List<StoredEntry> first = piece(from, max, limits.answerBytes());
    exchange.stream(out -> write(out, from, max, since, first));
  }

  private List<StoredEntry> piece(long from, int max, long bytes) {
    return log.stored(from, Math.min(max, PIECE_ENTRIES), Math.min(bytes, PIECE_BYTES));
  }

  private void write(DataOutputStream out, long from, int max, long since, List<StoredEntry> first)
      throws IOException {
    StoredFrame.begin(out);
    try {
      List<StoredEntry> piece = first;
      long next = from;
      long bytes = limits.answerBytes();
      while (!piece.isEmpty()) {
        for (StoredEntry entry : piece) {
          StoredFrame.write(out, entry);
          bytes -= entry.length();
        }
        next += piece.size();
        int left = (int) (max - (next - from));
        piece = left > 0 && bytes > 0 ? piece(next, left, bytes) : List.of();
      }
      StoredFrame.end(out, tree.proof(since, from, next));
    } catch (PlatformException e) {
      LOG.atError().addKeyValue("error.code", e.code().id()).setCause(e).log("answer cut short");
      StoredFrame.fail(out, e.code());
    }
  }
}
