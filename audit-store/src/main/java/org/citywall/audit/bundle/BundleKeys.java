// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.KeyChange;
import org.citywall.audit.log.LogFormat;
import org.citywall.audit.log.LogFormat.KeyPeriod;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.audit.log.TreeHash;

/**
 * Whether the keys that a bundle states follow from each other: each but the first of its tree is
 * announced by an entry that it and the one before signed.
 */
final class BundleKeys {

  private final LogFormat stated;
  private final Map<Long, LoggedEntry> opened;
  private final long size;

  BundleKeys(LogFormat stated, Map<Long, LoggedEntry> opened, long size) {
    this.stated = stated;
    this.opened = opened;
    this.size = size;
  }

  List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (TreeHash tree : stated.trees()) {
      KeyPeriod before = null;
      for (KeyPeriod period : stated.chain(tree)) {
        if (period.leaf() >= size || before != null && !isAnnounced(before, period)) {
          faults.add("no entry of the bundle announces the key " + period.key());
        }
        before = period;
      }
    }
    opened.forEach(
        (leaf, entry) -> {
          Optional<KeyChange> change = change(entry);
          if (change.isPresent()
              && stated.periods().stream()
                  .noneMatch(p -> p.leaf() == leaf && p.key().equals(change.get().after()))) {
            faults.add("entry " + leaf + " announces a key that the bundle does not state");
          }
        });
    return faults;
  }

  private boolean isAnnounced(KeyPeriod before, KeyPeriod period) {
    LoggedEntry entry = opened.get(period.leaf());
    return period.leaf() > before.leaf()
        && entry != null
        && change(entry)
            .filter(new KeyChange(before.key(), period.key(), period.leaf())::equals)
            .isPresent();
  }

  private static Optional<KeyChange> change(LoggedEntry entry) {
    try {
      return KeyChange.of(entry.kind(), entry.event());
    } catch (PlatformException e) {
      return Optional.empty();
    }
  }
}
