// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The evidence log in files, open for writing. */
final class FileLog implements StoredLog {

  private static final Logger LOG = LoggerFactory.getLogger(FileLog.class);

  private final WriterLock lock;
  private final LogOptions options;
  private final SaltStream salts;
  private final Segments segments;
  private final SegmentWriter writer;
  private final DurableMark mark;
  private final GroupCommit commit;
  private final Integrator integrator;
  private final Prover prover;
  private final Thread committing;
  private final Thread signing;
  private final Object durable = new Object();
  private volatile boolean signerIdle;
  private volatile boolean closing;
  private boolean closed;

  FileLog(
      LogFolder folder,
      Disk disk,
      WriterLock lock,
      Recovered recovered,
      LogOptions options,
      NoteSigner signer,
      Clock clock,
      RandomGenerator random)
      throws IOException {
    this.lock = lock;
    this.options = options;
    this.salts = new SaltStream(random);
    this.segments = recovered.segments();
    this.writer =
        new SegmentWriter(folder, disk, options.segmentBytes(), segments, recovered.file());
    this.mark = new DurableMark(folder.durable());
    mark.set(recovered.size());
    LeafQueue leaves = new LeafQueue();
    this.integrator = new Integrator(folder, disk, signer, clock, options, recovered, leaves);
    this.commit =
        new GroupCommit(
            writer, recovered.recorded(), leaves, mark, recovered.size(), this::onDurable);
    this.prover = new Prover(segments, recovered.tiles());
    this.committing = Thread.ofPlatform().name("evidence-log-writer").daemon().unstarted(commit);
    this.signing = Thread.ofPlatform().name("evidence-log-signer").daemon().unstarted(this::sign);
    committing.start();
    signing.start();
  }

  @Override
  public long[] append(List<Entry> batch) {
    if (batch.isEmpty()) {
      return new long[0];
    }
    byte[] fresh = salts.next(batch.size());
    List<PreparedEntry> prepared = new ArrayList<>(batch.size());
    int at = 0;
    for (Entry entry : batch) {
      byte[] salt = new byte[SaltStream.SALT_BYTES];
      System.arraycopy(fresh, at, salt, 0, salt.length);
      at += salt.length;
      prepared.add(PreparedEntry.of(entry, salt, options.maxPayloadBytes()));
    }
    return commit.append(prepared);
  }

  private void onDurable() {
    synchronized (durable) {
      durable.notifyAll();
    }
    if (signerIdle) {
      LockSupport.unpark(signing);
    }
  }

  private void sign() {
    long interval = options.checkpointInterval().toNanos();
    long silence = options.silenceInterval().toNanos();
    long last = System.nanoTime() - interval;
    while (!closing) {
      signerIdle = true;
      long due = (integrator.behind() ? interval : silence) - (System.nanoTime() - last);
      if (due > 0) {
        signerIdle = !integrator.behind();
        LockSupport.parkNanos(due);
        continue;
      }
      signerIdle = false;
      last = System.nanoTime();
      try {
        integrator.sign();
      } catch (RuntimeException e) {
        onSigningFailure(e);
      }
    }
  }

  private void onSigningFailure(RuntimeException e) {
    LOG.atError().setCause(e).log("checkpoint not signed");
    if (e instanceof PlatformException failure
        && failure.code().category() == ErrorCategory.INTEGRITY) {
      commit.refuse(failure);
    }
  }

  @Override
  public Checkpoint signCheckpoint() {
    try {
      return integrator.sign();
    } catch (RuntimeException e) {
      onSigningFailure(e);
      throw e;
    }
  }

  @Override
  public long size() {
    return commit.size();
  }

  @Override
  public List<LoggedEntry> read(long fromLeaf, int max) {
    return Reading.entries(segments, fromLeaf, max, size());
  }

  @Override
  public LoggedEntry read(long leaf) {
    return Reading.entry(segments, leaf, size());
  }

  @Override
  public boolean awaitBeyond(long size, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    synchronized (durable) {
      while (commit.size() <= size) {
        long left = deadline - System.nanoTime();
        if (left <= 0 || closing) {
          return false;
        }
        durable.wait(left / 1_000_000, (int) (left % 1_000_000));
      }
    }
    return true;
  }

  @Override
  public Optional<Checkpoint> checkpoint() {
    return integrator.last();
  }

  @Override
  public EntryProof prove(long leaf) {
    return prover.prove(leaf, size(), checkpoint());
  }

  @Override
  public List<StoredEntry> stored(long fromLeaf, int max, long maxBytes) {
    return Reading.stored(segments, fromLeaf, max, size(), maxBytes);
  }

  @Override
  public byte[] tile(int level, long number, int width) {
    return prover.tile(level, number, width, checkpoint());
  }

  @Override
  public List<Hash> consistency(long smaller, long larger) {
    return prover.consistency(smaller, larger, checkpoint());
  }

  @Override
  public List<Hash> rangePath(long from, long to, long size) {
    return prover.range(from, to, size, checkpoint());
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    commit.close();
    join(committing);
    closing = true;
    LockSupport.unpark(signing);
    join(signing);
    synchronized (durable) {
      durable.notifyAll();
    }
    try (lock;
        mark;
        writer;
        integrator) {
      integrator.sign();
      integrator.writeState();
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_WRITE_FAILED, "log not closed cleanly", e);
    }
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
