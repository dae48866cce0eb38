// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.citywall.audit.log.StoredLog;
import org.citywall.audit.log.TreeHash;

/** Bundles as somebody changes them who knows the format and has no signing key. */
final class Forgery {

  private Forgery() {}

  /** One entry less, and the manifest counts it so. */
  static EvidenceBundle without(EvidenceBundle bundle, long leaf) {
    return with(bundle, bundle.entries().stream().filter(e -> e.leaf() != leaf).toList());
  }

  /** Each entry put through a change. */
  static EvidenceBundle changed(EvidenceBundle bundle, UnaryOperator<BundleEntry> change) {
    return with(bundle, bundle.entries().stream().map(change).toList());
  }

  static EvidenceBundle with(EvidenceBundle bundle, List<BundleEntry> entries) {
    BundleManifest m = bundle.manifest();
    return new EvidenceBundle(
        new BundleManifest(
            m.origin(),
            m.size(),
            m.made(),
            m.person(),
            m.reason(),
            m.selection(),
            m.rules(),
            m.record(),
            m.keys(),
            BundleManifest.Counts.of(entries)),
        entries,
        bundle.trees(),
        bundle.anchor());
  }

  /** The same with hashes that fit the entries, out of the log itself. */
  static EvidenceBundle provedAnew(EvidenceBundle bundle, StoredLog log) {
    TreeSet<Long> leaves = new TreeSet<>();
    bundle.entries().forEach(entry -> leaves.add(entry.leaf()));
    TreeMap<TreeHash, EvidenceBundle.Proof> trees = new TreeMap<>();
    bundle
        .trees()
        .forEach(
            (tree, proof) ->
                trees.put(
                    tree,
                    new EvidenceBundle.Proof(
                        log.sharedPath(leaves, tree, bundle.manifest().size()), proof.note())));
    return new EvidenceBundle(bundle.manifest(), bundle.entries(), trees, bundle.anchor());
  }
}
