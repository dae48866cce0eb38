// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.LoggedEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns durable entries into alerts. Deterministic: the same entries, rules and context give the
 * same updates. Entries are fed by one thread, in order of their leaf; {@link #useContext} and
 * {@link #statistics} may be called by others.
 *
 * <p>The caller stores three things together: the last applied leaf, the {@link #replayFrom()} and
 * the {@link #takeLasting() lasting state} as of then. After a restart a new engine gets them as
 * its {@link ResumePoint} and reads from that leaf on: up to the applied leaf it says nothing, and
 * from there what the engine before would have said. This is exact while no key was evicted and
 * events of one key are out of order by no more than {@link EngineOptions#lateness()}. It reads
 * again no more than the windows of its rules need, however long an attack lasts.
 */
public final class DetectionEngine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DetectionEngine.class);
  private static final int MAX_SOURCES = 10_000;

  private final RulePack pack;
  private final long appliedLeaf;
  private final LastingPieces pieces;
  private final long skewMicros;
  private final List<Detector> detectors;
  private final AlertBook book;
  private final TickHistory ticks = new TickHistory();
  private final SigmaDetector sigma;
  private volatile ContextIndex context;
  private volatile DetectionSetup setup;
  private final Map<String, Long> watermarks = new HashMap<>();
  private Reasoner reasoner;
  private ContextIndex contextInUse;
  private long lastLeaf = -1;
  private long events;
  private long tickCount;
  private long signals;
  private long aheadOfClock;
  private long ruleFailures;

  /** An engine that knows nothing. */
  public DetectionEngine(RulePack pack, Context context, EngineOptions options) {
    this(pack, context, SigmaSet.NONE, options, ResumePoint.START);
  }

  /** An engine without Sigma rules that goes on where another one stopped. */
  public DetectionEngine(
      RulePack pack, Context context, EngineOptions options, ResumePoint resume) {
    this(pack, context, SigmaSet.NONE, options, resume);
  }

  /** An engine that goes on where another one stopped. */
  public DetectionEngine(
      RulePack pack, Context context, SigmaSet sigma, EngineOptions options, ResumePoint resume) {
    this.pack = pack;
    this.appliedLeaf = resume.appliedLeaf();
    this.pieces = new LastingPieces(resume.lasting().keySet());
    this.skewMicros = options.skew().toNanos() / 1000;
    this.detectors = DetectorSet.forPack(pack, options, resume);
    this.sigma = new SigmaDetector(sigma, options, resume);
    detectors.add(this.sigma);
    this.book = new AlertBook(pack, options, resume.lasting());
    this.contextInUse = new ContextIndex(context);
    this.context = contextInUse;
    this.setup = DetectionSetup.of(pack, sigma, context);
    this.reasoner = new Reasoner(pack, context);
  }

  /** Puts another context in force, from the next entry on. */
  public synchronized void useContext(Context next) {
    setup = new DetectionSetup(setup.rules(), DetectionSetup.of(next));
    context = new ContextIndex(next);
  }

  /**
   * Puts other Sigma rules in force, from the next entry on. Correlations that are the same in both
   * go on counting. Takes as long as compiling them does, but only the exchange itself holds up the
   * entries.
   */
  public void useSigma(SigmaSet next) {
    SigmaDetector.Prepared prepared = sigma.prepare(next);
    synchronized (this) {
      sigma.use(prepared);
      setup = new DetectionSetup(DetectionSetup.of(pack, next), setup.context());
    }
  }

  /** What this engine reasons with from the next entry on. */
  public DetectionSetup setup() {
    return setup;
  }

  /**
   * Takes the next entry and says what it changes; empty for kinds that detection does not read. An
   * entry that is not above the last one is refused with {@code COR-0006}.
   */
  public synchronized List<AlertUpdate> accept(LoggedEntry entry) {
    if (entry.leaf() <= lastLeaf) {
      throw new PlatformException(
          CorrelationErrorCode.ENTRY_OUT_OF_ORDER,
          "leaf " + entry.leaf() + " after leaf " + lastLeaf);
    }
    lastLeaf = entry.leaf();
    if (!entry.kind().detectable()) {
      return List.of();
    }
    followContext();
    List<AlertUpdate> updates = new ArrayList<>(0);
    if (entry.kind() == EntryKind.TICK) {
      tick(entry, updates);
    } else {
      observe(entry, updates);
    }
    return updates;
  }

  /**
   * The leaf from which a new engine must read to continue as this one would; never above the next
   * leaf. Looks at all live state: ask once a second, not for each entry.
   */
  public synchronized long replayFrom() {
    long basis = Long.MAX_VALUE;
    for (Detector detector : detectors) {
      basis = Math.min(basis, detector.basis());
    }
    return ticks.atOrBefore(Math.min(basis, lastLeaf + 1));
  }

  /**
   * The lasting state that changed since the last call, or since the resume point; nothing while
   * entries are read again. Looks at all live state: call it with {@link #replayFrom()}.
   */
  public synchronized List<LastingState> takeLasting() {
    if (lastLeaf < appliedLeaf) {
      return List.of(); // not all of it is rebuilt yet
    }
    detectors.forEach(detector -> detector.pieces(pieces));
    book.pieces(pieces);
    return pieces.take();
  }

  /**
   * Forgets the lasting state that comes from entries whose payload was destroyed; what changes by
   * that is told by {@link #takeLasting}. Call it at the entry that says that a destruction is
   * complete.
   *
   * @param destroyed whether the entry at a leaf has lost its payload
   */
  public synchronized void forget(LongPredicate destroyed) {
    detectors.forEach(detector -> detector.forget(destroyed));
    book.forget(destroyed);
  }

  public synchronized EngineStatistics statistics() {
    TreeMap<String, Instant> seen = new TreeMap<>();
    watermarks.forEach((source, micros) -> seen.put(source, Micros.toInstant(micros)));
    return new EngineStatistics(
        events,
        tickCount,
        signals,
        book.raised(),
        book.size(),
        detectors.stream().mapToInt(Detector::size).sum(),
        detectors.stream().mapToLong(Detector::evictions).sum() + book.evictions(),
        detectors.stream().mapToLong(Detector::late).sum(),
        aheadOfClock,
        ruleFailures,
        pack.compileTime(),
        contextInUse.context().version(),
        lastLeaf,
        seen,
        sigma.statistics());
  }

  @Override
  public synchronized void close() {
    reasoner.close();
  }

  private void tick(LoggedEntry entry, List<AlertUpdate> updates) {
    tickCount++;
    ticks.tick(entry.leaf(), entry.event().receivedMicros());
    Consumer<Signal> reason = reasonInto(updates, isAgain(entry));
    for (Detector detector : detectors) {
      detector.tick(ticks.clock(), entry.leaf(), reason);
    }
    if (!isAgain(entry)) {
      book.tick(ticks.clock(), entry.leaf(), updates);
    }
  }

  private boolean isAgain(LoggedEntry entry) {
    return entry.leaf() <= appliedLeaf;
  }

  private void observe(LoggedEntry entry, List<AlertUpdate> updates) {
    events++;
    Event event = entry.event();
    ticks.begin(entry.leaf(), event.receivedMicros());
    long latest = event.receivedMicros() + skewMicros;
    if (event.timestampMicros() > latest) {
      aheadOfClock++;
    }
    long micros = Math.min(event.timestampMicros(), latest);
    String source = event.position().source();
    if (watermarks.size() < MAX_SOURCES || watermarks.containsKey(source)) {
      watermarks.merge(source, micros, Math::max);
    }
    Observation observation = new Observation(entry, micros, ticks.clock(), isAgain(entry));
    Consumer<Signal> reason = reasonInto(updates, isAgain(entry));
    for (Detector detector : detectors) {
      detector.observe(observation, contextInUse, reason);
    }
  }

  private Consumer<Signal> reasonInto(List<AlertUpdate> updates, boolean again) {
    if (again) {
      // What it led to is in the lasting state.
      return signal -> {};
    }
    return signal -> reason(signal, updates);
  }

  private void reason(Signal signal, List<AlertUpdate> updates) {
    signals++;
    try {
      for (Finding finding : reasoner.conclude(budgeted(signal))) {
        book.apply(finding, ticks.clock(), updates);
        for (Detector detector : detectors) {
          detector.concluded(finding, more -> reason(more, updates));
        }
      }
    } catch (PlatformException e) {
      // One bad rule must not blind the others; the health page shows the count.
      ruleFailures++;
      LOG.atError()
          .addKeyValue("error.code", e.code().id())
          .addKeyValue("gov.leaves", signal.evidence().trigger())
          .setCause(e)
          .log("a rule failed");
      // What a session holds after a failure is not known.
      reasoner.close();
      reasoner = new Reasoner(pack, contextInUse.context());
    }
  }

  /** A hit of a Sigma rule learns how many alerts of the rule are open already. */
  private Signal budgeted(Signal signal) {
    if (!(signal instanceof Signal.RuleHit hit)) {
      return signal;
    }
    String rule = hit.correlated() ? SigmaDetector.CORRELATION : SigmaDetector.EVENT;
    return hit.amongOpen(
        book.open(rule, hit.rule() + ' '),
        book.takes(rule, hit.groupKey(), Micros.of(hit.at()), ticks.clock()));
  }

  private void followContext() {
    ContextIndex wanted = context;
    if (wanted != contextInUse) {
      Reasoner next = new Reasoner(pack, wanted.context());
      reasoner.close();
      reasoner = next;
      contextInUse = wanted;
    }
  }
}
