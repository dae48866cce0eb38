// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.PublishedTree;
import org.citywall.audit.log.verify.Finding;
import org.jspecify.annotations.Nullable;

/** Compares checkpoints that are known from elsewhere with the tree that the log publishes. */
final class LogCheck {

  private static final String PUBLISHED = "log/tlog/checkpoint";

  private final PublishedTree tree;
  private final AnchorFindings findings;
  private final KeysBySize keys;
  private @Nullable Checkpoint last;

  LogCheck(PublishedTree tree, KeysBySize keys, AnchorFindings findings) {
    this.tree = tree;
    this.keys = keys;
    this.findings = findings;
    try {
      last = tree.checkpoint(keys).orElse(null);
      if (last == null) {
        findings.missing(PUBLISHED, Finding.NONE, "the log publishes no checkpoint");
      } else if (!tree.root(last.size()).equals(last.root())) {
        findings.altered(PUBLISHED, Finding.NONE, "the tiles do not have the root it signs");
      }
    } catch (PlatformException e) {
      report(PUBLISHED, e, findings);
    }
  }

  long size() {
    return last == null ? 0 : last.size();
  }

  @Nullable Hash root() {
    return last == null ? null : last.root();
  }

  /** Whether the log continues this checkpoint, which somebody outside knows; else a finding. */
  boolean holds(String file, Checkpoint known) {
    try {
      Checkpoint now = atLeast(known.size());
      if (now == null) {
        return false;
      }
      if (known.size() > now.size()) {
        findings.missing(
            file,
            now.size(),
            "leaves " + now.size() + " to " + (known.size() - 1) + " were there and are not now");
      } else if (tree.continues(known, now)) {
        return true;
      } else {
        findings.altered(
            file,
            Finding.NONE,
            "the log signed another tree of size " + known.size() + " than the one it has now");
      }
    } catch (PlatformException e) {
      report(file, e, findings);
    }
    return false;
  }

  /** The published checkpoint; a running log may have published a larger one meanwhile. */
  private @Nullable Checkpoint atLeast(long size) {
    if (last != null && last.size() < size) {
      last = tree.checkpoint(keys).orElse(last);
    }
    return last;
  }

  /** A failure to read something, as a finding; a disk that refuses is a failure all the same. */
  static void report(String file, PlatformException failure, AnchorFindings findings) {
    String explanation = String.valueOf(failure.getMessage());
    switch (failure.code()) {
      case AuditErrorCode.LOG_CORRUPT -> findings.missing(file, Finding.NONE, explanation);
      case AuditErrorCode.NOTE_MALFORMED, AuditErrorCode.NOTE_UNTRUSTED ->
          findings.altered(file, Finding.NONE, explanation);
      default -> throw failure;
    }
  }
}
