// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EvidenceLog;

/** Takes batches: whole ones, from who may bring them, and no more at a time than there is room. */
final class AppendEndpoint {

  private final EvidenceLog log;
  private final StoreLimits limits;
  private final Denials denials;
  private final Semaphore room;

  AppendEndpoint(EvidenceLog log, StoreLimits limits, Denials denials) {
    this.log = log;
    this.limits = limits;
    this.denials = denials;
    this.room = new Semaphore(limits.waitingBytes());
  }

  void answer(Exchange exchange) throws IOException {
    long length = exchange.bodyLength();
    if (length > limits.requestBytes()) {
      exchange.refuse(
          AuditErrorCode.BATCH_TOO_LARGE,
          length + " bytes where " + limits.requestBytes() + " are accepted");
      exchange.drain(limits.requestBytes());
      return;
    }
    if (!room.tryAcquire((int) length)) {
      exchange.refuse(AuditErrorCode.STORE_BUSY, "too many bytes at a time");
      exchange.drain(length);
      return;
    }
    try {
      append(exchange, (int) length);
    } finally {
      room.release((int) length);
    }
  }

  private void append(Exchange exchange, int length) throws IOException {
    List<Entry> batch;
    try {
      batch = BatchFrame.decode(exchange.body(length), limits.requestEntries());
    } catch (MalformedFrame e) {
      throw new PlatformException(
          AuditErrorCode.STORE_REQUEST_MALFORMED, String.valueOf(e.getMessage()), e);
    }
    for (Entry entry : batch) {
      StoreVerb needed = StoreVerb.toAppend(entry.kind());
      String source = entry.event().position().source();
      if (!mayAppend(exchange.rights(), needed) || !exchange.rights().mayAppendFor(source)) {
        throw denials.denied(exchange, needed, "an entry of kind " + entry.kind());
      }
    }
    exchange.answer(Exchange.BYTES, Exchange.NOT_KEPT, BatchFrame.encodeLeaves(log.append(batch)));
  }

  private static boolean mayAppend(StoreAccess.Rights rights, StoreVerb needed) {
    return rights.verbs().contains(needed) || rights.verbs().contains(StoreVerb.GOVERN);
  }
}
