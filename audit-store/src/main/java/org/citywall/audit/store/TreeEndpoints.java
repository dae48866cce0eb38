// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EntryProofs;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.StoredEntry;
import org.citywall.audit.log.StoredLog;

/** Gives checkpoints, tiles, leaves and proofs, and no payload. */
final class TreeEndpoints {

  private static final Set<String> TREE_PARAMETERS = Set.of("since", "from", "to");
  private static final Set<String> SIGN_PARAMETERS = Set.of("since");
  private static final Set<String> PROOF_PARAMETERS = Set.of("leaf");

  private final StoredLog log;
  private final TreeAnswers tree;

  TreeEndpoints(StoredLog log, TreeAnswers tree) {
    this.log = log;
    this.tree = tree;
  }

  void tree(Exchange exchange) throws IOException {
    Parameters parameters = exchange.parameters(TREE_PARAMETERS);
    long from = parameters.optional("from", 0);
    long to = parameters.optional("to", from);
    if (to < from) {
      throw new PlatformException(AuditErrorCode.STORE_REQUEST_MALFORMED, "to is below from");
    }
    answer(exchange, tree.proof(parameters.optional("since", 0), from, to));
  }

  void sign(Exchange exchange) throws IOException {
    long since = exchange.parameters(SIGN_PARAMETERS).optional("since", 0);
    long signed = log.checkpoint().map(Checkpoint::size).orElse(-1L);
    if (signed < log.size()) {
      // Not here: an interrupt while it writes would close the log's files.
      CompletableFuture.supplyAsync(log::signCheckpoint).join();
    }
    answer(exchange, tree.proof(since, 0, 0));
  }

  private static void answer(Exchange exchange, TreeProof proof) throws IOException {
    exchange.answer(Exchange.BYTES, Exchange.NOT_KEPT, proof.encode());
  }

  void checkpoint(Exchange exchange) throws IOException {
    Checkpoint last = log.checkpoint().orElse(null);
    if (last == null) {
      throw new PlatformException(AuditErrorCode.PROOF_UNAVAILABLE, "no checkpoint yet");
    }
    exchange.answer(Exchange.TEXT, Exchange.NOT_KEPT, last.note().getBytes(StandardCharsets.UTF_8));
  }

  void proof(Exchange exchange) throws IOException {
    long leaf = exchange.parameters(PROOF_PARAMETERS).required("leaf");
    byte[] text = EntryProofs.closedText(log.prove(leaf)).getBytes(StandardCharsets.UTF_8);
    exchange.answer(Exchange.TEXT, Exchange.NOT_KEPT, text);
  }

  void tile(Exchange exchange, TilePath path) throws IOException {
    boolean entries = path.level() == TilePath.ENTRIES;
    byte[] tile;
    try {
      // A bundle has a tile of level 0 beside it, which says whether there is one.
      tile = log.tile(entries ? 0 : path.level(), path.number(), path.width());
    } catch (PlatformException e) {
      throw e.code() == AuditErrorCode.LEAF_OUT_OF_RANGE
          ? new PlatformException(AuditErrorCode.STORE_PATH_UNKNOWN, "no such tile", e)
          : e;
    }
    exchange.answer(Exchange.BYTES, Exchange.FOR_EVER, entries ? bundle(path) : tile);
  }

  private byte[] bundle(TilePath path) {
    List<StoredEntry> entries =
        log.stored(path.number() * TilePath.FULL, path.width(), Long.MAX_VALUE);
    ByteArrayOutputStream bundle = new ByteArrayOutputStream(path.width() * Hash.BYTES * 4);
    for (StoredEntry entry : entries) {
      int length = entry.envelope().length;
      bundle.write(length >>> 8);
      bundle.write(length);
      bundle.writeBytes(entry.envelope());
    }
    return bundle.toByteArray();
  }
}
