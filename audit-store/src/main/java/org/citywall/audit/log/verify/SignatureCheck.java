// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/** Checks the signatures of every stored checkpoint, on several threads. */
final class SignatureCheck {

  private static final int BATCH = 64;

  /**
   * A moment and the one before it, if any.
   *
   * @param sizeBefore leaves that the moment before covers, 0 without one
   */
  private record Step(Moment moment, long sizeBefore) {}

  /** Something wrong with a moment. */
  private record Fault(Moment moment, String what) {}

  private final Path root;
  private final List<TreeHash> trees;
  private final KeyChain keys;
  private final Findings findings;
  private final int threads;

  SignatureCheck(Path root, List<TreeHash> trees, KeyChain keys, Findings findings, int threads) {
    this.root = root;
    this.trees = trees;
    this.keys = keys;
    this.findings = findings;
    this.threads = threads;
  }

  /**
   * @param mark the moment to begin with, or null for the first
   * @param count how many moments to check; a writer may have stored more since they were counted
   */
  void run(@Nullable Mark mark, long count) throws IOException {
    Moments moments = new Moments(root, Moments.Damage.IGNORED, mark);
    try (Workers<List<Fault>> workers = new Workers<>("signatures", threads, this::report)) {
      List<Step> batch = new ArrayList<>(BATCH);
      long sizeBefore = mark == null ? 0 : mark.sizeBefore();
      long left = count;
      for (Moment moment = moments.next(); moment != null && left > 0; moment = moments.next()) {
        left--;
        batch.add(new Step(moment, sizeBefore));
        sizeBefore = moment.size();
        if (batch.size() == BATCH) {
          List<Step> full = batch;
          workers.submit(() -> faults(full));
          batch = new ArrayList<>(BATCH);
        }
      }
      List<Step> rest = batch;
      workers.submit(() -> faults(rest));
      workers.drain();
    }
  }

  private void report(List<Fault> faults) {
    for (Fault fault : faults) {
      findings.altered(
          fault.moment().file(), -1, fault.moment().position(), "checkpoint: " + fault.what());
    }
  }

  private List<Fault> faults(List<Step> batch) {
    List<Fault> faults = new ArrayList<>();
    for (Step step : batch) {
      for (TreeHash tree : trees) {
        Checkpoint checkpoint = step.moment().of(tree);
        String fault = checkpoint == null ? null : fault(checkpoint, step.sizeBefore(), tree);
        if (fault != null) {
          faults.add(new Fault(step.moment(), fault));
        }
      }
    }
    return faults;
  }

  private @Nullable String fault(Checkpoint checkpoint, long sizeBefore, TreeHash tree) {
    try {
      VerifierKey key = keys.at(tree, checkpoint.size());
      Checkpoint.verified(checkpoint.note(), key);
      VerifierKey before = keys.at(tree, Math.min(sizeBefore, checkpoint.size()));
      if (!before.equals(key)) {
        // The first checkpoint under another key: the one before has to agree.
        SignedNote.parse(checkpoint.note()).requireSignedBy(before);
      }
      if (checkpoint.signedAt(key).isEmpty()) {
        return "its time is not signed by the log";
      }
      if (tree != TreeHash.SHA_256) {
        // Who trusts the one key only can tell by this the log's key of SM2 from any other.
        VerifierKey first = keys.at(TreeHash.SHA_256, checkpoint.size());
        SignedNote.parse(checkpoint.note()).requireSignedBy(first);
      }
      return null;
    } catch (PlatformException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
