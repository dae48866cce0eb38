// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.citywall.audit.PlatformException;
import org.citywall.audit.anchor.AnchorPolicy;
import org.citywall.audit.anchor.AnchorReport;
import org.citywall.audit.anchor.CarriedAnchor;
import org.citywall.audit.anchor.Quorum;
import org.citywall.audit.bundle.BundleReport.SourceRun;
import org.citywall.audit.event.SourcePosition;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Envelope;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.Merkle;
import org.citywall.audit.log.SharedPath;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.retention.RetentionStatement;
import org.jspecify.annotations.Nullable;

/**
 * Checks a bundle from itself and from keys that its reader trusts, with nothing of the server.
 * Used by one thread, for one bundle.
 */
public final class BundleVerifier {

  private static final String ANCHOR = "anchor/checkpoint";

  private final EvidenceBundle bundle;
  private final BundleManifest manifest;
  private final LogFormat keys;
  private final List<Finding> findings = new ArrayList<>();
  private final List<AnchorReport.Anchor> anchors = new ArrayList<>();
  private final Map<Long, Envelope> envelopes = new TreeMap<>();
  private final Map<Long, LoggedEntry> opened = new TreeMap<>();
  private @Nullable Instant signedAt;

  private BundleVerifier(EvidenceBundle bundle) {
    this.bundle = bundle;
    this.manifest = bundle.manifest();
    this.keys = manifest.keys();
  }

  /**
   * What the bundle proves. What does not hold becomes a finding and never a failure.
   *
   * @param trusted keys of the log, at most one of each tree, past or present; without any the
   *     bundle's own claim is checked against itself, and the caller has to compare the key in the
   *     report
   */
  public static BundleReport verify(EvidenceBundle bundle, List<VerifierKey> trusted) {
    return new BundleVerifier(bundle).run(trusted);
  }

  /**
   * The same by the logs that a policy names, and by what it demands of others: where the bundle
   * carries less, the verdict is {@link Verdict#INCOMPLETE} at best.
   *
   * @param now when certificates have to be valid
   */
  public static BundleReport verify(EvidenceBundle bundle, AnchorPolicy policy, Instant now) {
    BundleVerifier verifier = new BundleVerifier(bundle);
    verifier.checkPolicy(policy, now);
    return verifier.run(policy.logs());
  }

  private void checkPolicy(AnchorPolicy policy, Instant now) {
    EvidenceBundle.Anchored anchored = bundle.anchor();
    if (anchored != null) {
      try {
        CarriedAnchor.Checked checked = anchored.anchor().check(policy, now);
        findings.addAll(checked.findings());
        anchors.addAll(checked.counted());
      } catch (PlatformException e) {
        altered(ANCHOR, String.valueOf(e.getMessage()));
      }
    } else if (!(policy.quorum() instanceof Quorum.None) || policy.tokens() != null) {
      findings.add(
          new Finding.Missing(
              ANCHOR,
              Finding.NONE,
              Finding.NONE,
              "nobody outside vouches for the entries here as the policy demands"));
    }
  }

  /** The anchored tree has every entry asked for, and the tree of the bundle continues it. */
  private void checkAnchor() {
    EvidenceBundle.Anchored anchored = bundle.anchor();
    EvidenceBundle.Proof proof = bundle.trees().get(TreeHash.SHA_256);
    if (anchored == null || proof == null) {
      return;
    }
    try {
      KeysBySize signers = size -> keys.keyAt(TreeHash.SHA_256, size);
      Checkpoint earlier = signers.verified(anchored.anchor().note());
      Checkpoint last = Checkpoint.parse(proof.note());
      if (!continues(earlier, last, anchored.consistency())
          || bundle.entries().stream()
              .anyMatch(entry -> entry.selected() && entry.leaf() >= earlier.size())) {
        altered(ANCHOR, "the tree of the bundle does not continue it, or it lacks entries");
      }
    } catch (PlatformException e) {
      altered(ANCHOR, String.valueOf(e.getMessage()));
    }
  }

  private static boolean continues(Checkpoint earlier, Checkpoint last, List<Hash> proof) {
    return Merkle.verifyConsistency(
        earlier.size(), last.size(), earlier.root(), last.root(), proof);
  }

  private BundleReport run(List<VerifierKey> trusted) {
    for (VerifierKey key : trusted) {
      if (keys.chain(key.treeHash()).stream().noneMatch(period -> period.key().equals(key))) {
        altered("manifest.json", -1, "the log does not name the key that is trusted: " + key);
      }
    }
    for (TreeHash tree : keys.trees()) {
      checkTree(tree);
    }
    for (BundleEntry entry : bundle.entries()) {
      open(entry);
    }
    new BundleKeys(keys, opened, manifest.size())
        .faults()
        .forEach(f -> altered("manifest.json", f));
    checkAnchor();
    checkRecord();
    checkDestructions();
    checkSupport();
    return report();
  }

  private void checkTree(TreeHash tree) {
    EvidenceBundle.Proof proof = bundle.trees().get(tree);
    if (proof == null) {
      altered("manifest.json", "the bundle proves nothing in the tree over " + tree);
      return;
    }
    String member = tree == TreeHash.SM3 ? "checkpoint.sm3" : "checkpoint.sha256";
    try {
      VerifierKey key = keys.keyAt(tree, manifest.size());
      Checkpoint checkpoint = Checkpoint.verified(proof.note(), key);
      Instant time = checkpoint.signedAt(key).orElse(null);
      if (checkpoint.size() != manifest.size() || time == null) {
        altered(member, "it is of another size, or its time is not signed by the log");
      }
      if (tree == TreeHash.SHA_256) {
        signedAt = time;
        if (!checkpoint.origin().equals(manifest.origin())) {
          altered(member, "it is of the log " + checkpoint.origin());
        }
      } else {
        // Who trusts the one key only can tell by this the log's key of SM2 from any other.
        SignedNote.parse(proof.note())
            .requireSignedBy(keys.keyAt(TreeHash.SHA_256, manifest.size()));
      }
      TreeMap<Long, Hash> leaves = new TreeMap<>();
      for (BundleEntry entry : bundle.entries()) {
        leaves.put(entry.leaf(), tree.leafHash(entry.entry().envelope()));
      }
      if (SharedPath.root(tree, checkpoint.size(), leaves, proof.path())
          .filter(checkpoint.root()::equals)
          .isEmpty()) {
        altered("entries.jsonl", "envelopes and hashes do not lead to the root over " + tree);
      }
    } catch (PlatformException e) {
      altered(member, String.valueOf(e.getMessage()));
    }
  }

  private void open(BundleEntry entry) {
    try {
      envelopes.put(entry.leaf(), Envelope.decode(entry.entry().envelope()));
      if (entry.state() == BundleEntry.State.DISCLOSED) {
        opened.put(entry.leaf(), entry.entry().open());
      }
    } catch (PlatformException e) {
      altered("entries.jsonl", entry.leaf(), String.valueOf(e.getMessage()));
    }
  }

  private void checkRecord() {
    LoggedEntry record = opened.get(manifest.record());
    if (record == null
        || !ExportRecord.of(manifest, bundle.entries()).isIn(record.kind(), record.event())) {
      altered(
          "manifest.json",
          manifest.record(),
          "the log does not tell of this bundle: person, reason, time or the choice of entries"
              + " differ, or an entry was left out");
    }
    if (!manifest.counts().equals(BundleManifest.Counts.of(bundle.entries()))) {
      altered("manifest.json", "it counts other entries than there are");
    }
  }

  private void checkDestructions() {
    Lawfulness lawfulness = new Lawfulness(opened);
    for (BundleEntry entry : bundle.entries()) {
      Envelope envelope = envelopes.get(entry.leaf());
      if (entry.state() == BundleEntry.State.DESTROYED && envelope != null) {
        lawfulness
            .explain(envelope, entry.entry().destroyedBy())
            .ifPresentOrElse(
                said ->
                    findings.add(
                        new Finding.Lawful("entries.jsonl", entry.leaf(), Finding.NONE, said)),
                () ->
                    altered(
                        "entries.jsonl",
                        entry.leaf(),
                        "no lawful destruction of this payload is in the bundle"));
      }
    }
  }

  /** Nothing is in a bundle that neither was asked for nor is needed. */
  private void checkSupport() {
    Set<Long> needed = new HashSet<>(Set.of(manifest.record()));
    keys.periods().forEach(period -> needed.add(period.leaf()));
    for (BundleEntry entry : bundle.entries()) {
      long leaf = entry.entry().destroyedBy();
      while (leaf >= 0 && needed.add(leaf)) {
        LoggedEntry statement = opened.get(leaf);
        leaf =
            statement == null
                ? -1
                : Lawfulness.restsOn(RetentionStatement.of(statement.kind(), statement.event()));
      }
    }
    for (BundleEntry entry : bundle.entries()) {
      if (!entry.selected() && !needed.contains(entry.leaf())) {
        altered("entries.jsonl", entry.leaf(), "nobody asked for this entry");
      }
    }
  }

  private BundleReport report() {
    List<LoggedEntry> disclosed = new ArrayList<>();
    for (BundleEntry entry : bundle.entries()) {
      LoggedEntry open = opened.get(entry.leaf());
      if (entry.selected() && open != null) {
        disclosed.add(open);
      }
    }
    return new BundleReport(
        verdict(),
        manifest,
        keys.keyAt(TreeHash.SHA_256, manifest.size()),
        keys.trees().contains(TreeHash.SM3) ? keys.keyAt(TreeHash.SM3, manifest.size()) : null,
        signedAt,
        sources(),
        disclosed,
        anchors,
        findings);
  }

  private Verdict verdict() {
    if (findings.stream().anyMatch(Finding.Altered.class::isInstance)) {
      return Verdict.TAMPERED;
    }
    if (findings.stream().anyMatch(Finding.Missing.class::isInstance)) {
      return Verdict.INCOMPLETE;
    }
    return findings.stream().anyMatch(Finding.Lawful.class::isInstance)
        ? Verdict.LAWFULLY_REDUCED
        : Verdict.INTACT;
  }

  private List<SourceRun> sources() {
    Map<SourcePosition, SourceRun> runs =
        new TreeMap<>(
            Comparator.comparing(SourcePosition::source).thenComparing(SourcePosition::epoch));
    for (BundleEntry entry : bundle.entries()) {
      Envelope envelope = envelopes.get(entry.leaf());
      if (entry.selected() && envelope != null) {
        SourcePosition at = envelope.position();
        runs.merge(
            at,
            new SourceRun(at.source(), at.epoch(), at.sequence(), at.sequence(), 1),
            (a, b) ->
                new SourceRun(
                    a.source(),
                    a.epoch(),
                    Math.min(a.first(), b.first()),
                    Math.max(a.last(), b.last()),
                    a.entries() + 1));
      }
    }
    return List.copyOf(runs.values());
  }

  private void altered(String member, String what) {
    altered(member, Finding.NONE, what);
  }

  private void altered(String member, long leaf, String what) {
    findings.add(new Finding.Altered(member, leaf, Finding.NONE, what));
  }
}
