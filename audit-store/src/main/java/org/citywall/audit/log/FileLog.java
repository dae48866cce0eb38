// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.ErrorCategory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionLedger;
import org.citywall.audit.retention.RetentionStatement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The evidence log in files, open for writing. */
final class FileLog implements KeptLog {

  private static final Logger LOG = LoggerFactory.getLogger(FileLog.class);

  private final WriterLock lock;
  private final LogOptions options;
  private final EntryPreparer preparer;
  private final Segments segments;
  private final SegmentWriter writer;
  private final DurableMark mark;
  private final GroupCommit commit;
  private final Integrator integrator;
  private final OpenedKeys opened;
  private final @Nullable SealingKeys sealing;
  private final RetentionDesk desk;
  private final PayloadCounts counts;
  private final Prover prover;
  private final Thread committing;
  private final Thread signing;
  private final ReadWriteLock appending = new ReentrantReadWriteLock();
  private final Clock clock;
  private final String origin;
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
      Clock clock,
      RandomGenerator random)
      throws IOException {
    LogKeys keys = recovered.keys();
    this.lock = lock;
    this.options = options;
    this.clock = clock;
    this.origin = keys.sha256().name();
    this.opened = new OpenedKeys(folder.keyRing(), keys.wrapper());
    this.sealing = sealing(folder, disk, keys, opened, options, random);
    this.preparer =
        new EntryPreparer(keys.trees(), options.maxPayloadBytes(), new SaltStream(random), sealing);
    this.segments = recovered.segments();
    this.writer =
        new SegmentWriter(folder, disk, options.segmentBytes(), segments, recovered.file());
    this.mark = new DurableMark(folder.durable());
    mark.set(recovered.size());
    LeafQueue leaves = new LeafQueue(recovered.trees().size());
    this.integrator =
        new Integrator(folder, disk, new CheckpointSigner(keys), clock, options, recovered, leaves);
    this.commit =
        new GroupCommit(
            writer, recovered.recorded(), leaves, mark, recovered.size(), this::onDurable);
    RetentionBook book = new RetentionBook(folder.retention(), disk, segments, opened);
    this.counts = new PayloadCounts(segments, sealing);
    this.desk = new RetentionDesk(origin, clock, sealing, book, this::size, this::appendOpen);
    this.prover =
        new Prover(segments, opened, recovered.trees().stream().map(LogTree::tiles).toList());
    this.committing = Thread.ofPlatform().name("evidence-log-writer").daemon().unstarted(commit);
    this.signing = Thread.ofPlatform().name("evidence-log-signer").daemon().unstarted(this::sign);
    committing.start();
    signing.start();
  }

  /** Null where nobody gave a key for it; a log that was sealed before cannot go on without. */
  private static @Nullable SealingKeys sealing(
      LogFolder folder,
      Disk disk,
      LogKeys keys,
      OpenedKeys opened,
      LogOptions options,
      RandomGenerator random)
      throws IOException {
    if (keys.wrapper() != null) {
      KeyRing ring = KeyRing.open(folder.keyRing(), disk);
      return new SealingKeys(ring, keys.wrapper(), opened, options, random);
    }
    if (Files.exists(folder.keyRing())) {
      throw new PlatformException(
          AuditErrorCode.PAYLOAD_SEALED, "it would go on with payloads in the open");
    }
    return null;
  }

  @Override
  public long[] append(List<Entry> batch) {
    return append(batch, preparer::prepare);
  }

  @Override
  public long[] appendOpen(List<Entry> batch) {
    return append(batch, preparer::prepareOpen);
  }

  private long[] append(List<Entry> batch, Function<List<Entry>, List<PreparedEntry>> preparation) {
    if (batch.isEmpty()) {
      return new long[0];
    }
    appending.readLock().lock();
    try {
      return commit.append(preparation.apply(batch));
    } finally {
      appending.readLock().unlock();
    }
  }

  @Override
  public RetentionLedger retention() {
    return desk.ledger();
  }

  @Override
  public long record(RetentionStatement statement) {
    return alone(() -> desk.record(statement));
  }

  @Override
  public long destroy(long approval) {
    return alone(() -> desk.destroy(approval));
  }

  @Override
  public int finishDestructions() {
    return (int) alone(desk::finish);
  }

  @Override
  public int wrapAgain() {
    if (sealing == null) {
      throw new PlatformException(AuditErrorCode.PAYLOAD_SEALED, "this log seals no payloads");
    }
    return (int) alone(sealing::wrapAgain);
  }

  /** Nothing may be on its way to the log under a key that is destroyed or replaced meanwhile. */
  private long alone(LongSupplier work) {
    desk.ledger();
    appending.writeLock().lock();
    try {
      return work.getAsLong();
    } finally {
      appending.writeLock().unlock();
    }
  }

  /** Appends an entry that everybody must be able to read. */
  long appendOpen(Entry entry) {
    return commit.append(preparer.prepareOpen(List.of(entry)))[0];
  }

  @Override
  public Payloads payloadsOf(long leaf) {
    return sealing == null || leaf < 0 || leaf >= size()
        ? nothing(leaf)
        : sealing
            .payloadsOf(segments.read(leaf, 1, size()).getFirst().key())
            .orElseGet(() -> nothing(leaf));
  }

  @Override
  public List<Payloads> payloads() {
    return counts.payloads();
  }

  @Override
  public Map<Payloads, Long> countPayloads() {
    return counts.upTo(size());
  }

  private static Payloads nothing(long leaf) {
    throw new PlatformException(
        AuditErrorCode.DESTRUCTION_REFUSED, "no sealed payload at leaf " + leaf);
  }

  @Override
  public void destroyedBy(long destruction, LongConsumer leaves) {
    desk.destroyedBy(destruction, segments, leaves);
  }

  @Override
  public long changeKey(NoteSigner next) {
    appending.writeLock().lock();
    try {
      return integrator.changeKey(
          next,
          (before, leaf) -> {
            Entry entry = KeyChange.entry(before, next, origin, clock.instant(), leaf);
            return appendOpen(entry);
          });
    } catch (PlatformException e) {
      if (integrator.isBroken()) {
        commit.refuse(e);
      }
      throw e;
    } finally {
      appending.writeLock().unlock();
    }
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
      return integrator.sign().sha256();
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
    return Reading.entries(segments, opened, fromLeaf, max, size());
  }

  @Override
  public LoggedEntry read(long leaf) {
    return Reading.entry(segments, opened, leaf, size());
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
    return checkpoints().map(CheckpointPair::sha256);
  }

  @Override
  public Optional<CheckpointPair> checkpoints() {
    return integrator.last();
  }

  @Override
  public EntryProof prove(long leaf) {
    return prove(leaf, TreeHash.SHA_256);
  }

  @Override
  public EntryProof prove(long leaf, TreeHash tree) {
    Optional<Checkpoint> last = checkpoints().flatMap(pair -> pair.of(tree));
    return prover.prove(leaf, size(), tree, last);
  }

  @Override
  public StoredEntry stored(long leaf) {
    return prover.stored(leaf, size());
  }

  @Override
  public List<Hash> sharedPath(NavigableSet<Long> leaves, TreeHash tree, long size) {
    return prover.sharedPath(leaves, tree, size, checkpoints().flatMap(pair -> pair.of(tree)));
  }

  @Override
  public List<StoredEntry> stored(long fromLeaf, int max, long maxBytes) {
    return Reading.stored(segments, opened, fromLeaf, max, size(), maxBytes);
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
    desk.stop();
    counts.stop();
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
        integrator;
        sealing) {
      integrator.sign();
      integrator.writeState();
      desk.store();
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
