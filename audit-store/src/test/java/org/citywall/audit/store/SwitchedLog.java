// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Entry;
import org.citywall.audit.log.EntryProof;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.StoredEntry;
import org.citywall.audit.log.StoredLog;
import org.citywall.audit.log.TreeHash;

/** A log that can become another one while it is served, as that of a dishonest store does. */
class SwitchedLog implements StoredLog {

  private volatile StoredLog current;

  SwitchedLog(StoredLog first) {
    current = first;
  }

  /** Returns what was served until now. */
  StoredLog become(StoredLog other) {
    StoredLog before = current;
    current = other;
    return before;
  }

  StoredLog current() {
    return current;
  }

  @Override
  public long[] append(List<Entry> batch) {
    return current.append(batch);
  }

  @Override
  public Checkpoint signCheckpoint() {
    return current.signCheckpoint();
  }

  @Override
  public long size() {
    return current.size();
  }

  @Override
  public List<LoggedEntry> read(long fromLeaf, int max) {
    return current.read(fromLeaf, max);
  }

  @Override
  public LoggedEntry read(long leaf) {
    return current.read(leaf);
  }

  @Override
  public boolean awaitBeyond(long size, Duration atMost) throws InterruptedException {
    return current.awaitBeyond(size, atMost);
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return current.checkpoint();
  }

  @Override
  public EntryProof prove(long leaf) {
    return current.prove(leaf);
  }

  @Override
  public List<StoredEntry> stored(long fromLeaf, int max, long maxBytes) {
    return current.stored(fromLeaf, max, maxBytes);
  }

  @Override
  public StoredEntry stored(long leaf) {
    return current.stored(leaf);
  }

  @Override
  public List<Hash> sharedPath(NavigableSet<Long> leaves, TreeHash tree, long size) {
    return current.sharedPath(leaves, tree, size);
  }

  @Override
  public byte[] tile(int level, long number, int width) {
    return current.tile(level, number, width);
  }

  @Override
  public List<Hash> consistency(long smaller, long larger) {
    return current.consistency(smaller, larger);
  }

  @Override
  public List<Hash> rangePath(long from, long to, long size) {
    return current.rangePath(from, to, size);
  }

  @Override
  public void close() {
    current.close();
  }
}
