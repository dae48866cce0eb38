// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.citywall.audit.log.StoredEntry;
import org.citywall.audit.log.StoredLog;

/** Gives stored entries, a bounded page at a time, and what proves them. */
final class EntriesEndpoint {

  private static final Set<String> PARAMETERS = Set.of("from", "max", "since");

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
    List<StoredEntry> entries = log.stored(from, max, limits.answerBytes());
    TreeProof proof = tree.proof(since, from, from + entries.size());
    exchange.answer(Exchange.BYTES, Exchange.NOT_KEPT, new StoredFrame(entries, proof).encode());
  }
}
