// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.testing;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EntryProof;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LoggedEntry;

/** A log that fails where it is told to, as a process does that dies there. */
public final class FailingLog implements EvidenceLog {

  /** Where the next append fails. */
  public enum At {
    NOWHERE,
    BEFORE_APPEND,
    /** The entries are durable but nobody hears of it. */
    AFTER_APPEND
  }

  private final EvidenceLog log;
  private boolean forgetful;
  private At next = At.NOWHERE;

  public FailingLog(EvidenceLog log) {
    this.log = log;
  }

  /** Every append fails there until it is told otherwise. */
  public void fail(At at) {
    next = at;
  }

  /** Answers replays with RECORDED_BEFORE, as a log does that no longer remembers the leaf. */
  public void forgetLeaves() {
    forgetful = true;
  }

  @Override
  public long[] append(List<Entry> batch) {
    if (next == At.BEFORE_APPEND) {
      throw failure();
    }
    long size = log.size();
    long[] leaves = log.append(batch);
    if (next == At.AFTER_APPEND) {
      throw failure();
    }
    for (int i = 0; i < leaves.length && forgetful; i++) {
      if (leaves[i] < size) {
        leaves[i] = RECORDED_BEFORE;
      }
    }
    return leaves;
  }

  @Override
  public long size() {
    return log.size();
  }

  @Override
  public List<LoggedEntry> read(long fromLeaf, int max) {
    return log.read(fromLeaf, max);
  }

  @Override
  public LoggedEntry read(long leaf) {
    return log.read(leaf);
  }

  @Override
  public boolean awaitBeyond(long size, Duration atMost) throws InterruptedException {
    return log.awaitBeyond(size, atMost);
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return log.checkpoint();
  }

  @Override
  public EntryProof prove(long leaf) {
    return log.prove(leaf);
  }

  @Override
  public Checkpoint signCheckpoint() {
    return log.signCheckpoint();
  }

  @Override
  public void close() {
    log.close();
  }

  private static PlatformException failure() {
    return new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "told to fail");
  }
}
