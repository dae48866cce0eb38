// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.KeysBySize;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.TreeVerifier;

/** Verifies a copy of the evidence by itself, and the log against it. */
final class CopyCheck {

  private final Path copy;
  private final KeptFiles kept;
  private final AnchorStore store;
  private final KeysBySize keys;
  private final LogCheck log;
  private final AnchorFindings findings;

  CopyCheck(Path copy, AnchorStore store, KeysBySize keys, LogCheck log, AnchorFindings findings) {
    this.copy = copy;
    this.kept = new KeptFiles(copy);
    this.store = store;
    this.keys = keys;
    this.log = log;
    this.findings = findings;
  }

  void run(Progress progress) {
    Map<String, Checkpoint> checkpoints = new LinkedHashMap<>();
    for (String name : kept.list("checkpoints")) {
      String path = copy.resolve("checkpoints").resolve(name).toString();
      try {
        String note = new String(kept.read("checkpoints/" + name), StandardCharsets.UTF_8);
        Checkpoint checkpoint = keys.verified(note);
        checkpoints.put("checkpoints/" + name, checkpoint);
        log.holds(path, checkpoint);
      } catch (PlatformException e) {
        LogCheck.report(path, e, findings);
      }
    }
    if (checkpoints.isEmpty()) {
      findings.missing(copy.toString(), Finding.NONE, "the copy holds no checkpoint");
    }
    new TreeVerifier(copy, TreeHash.SHA_256)
        .verify(checkpoints, progress)
        .forEach(finding -> findings.add(named(finding)));
    kept.list("anchors").forEach(this::anchors);
  }

  private Finding named(Finding finding) {
    String file = copy.resolve(finding.file()).toString();
    long leaf = finding.leaf();
    long position = finding.position();
    return switch (finding) {
      case Finding.Altered altered ->
          new Finding.Altered(file, leaf, position, altered.explanation());
      case Finding.Missing missing ->
          new Finding.Missing(file, leaf, position, missing.explanation());
      case Finding.Lawful lawful -> new Finding.Lawful(file, leaf, position, lawful.explanation());
      case Finding.Remark remark -> new Finding.Remark(file, leaf, position, remark.explanation());
    };
  }

  private void anchors(String name) {
    for (String file : kept.list("anchors/" + name)) {
      String path = "anchors/" + name + "/" + file;
      try {
        compare(path, store.read(name, file));
      } catch (PlatformException e) {
        LogCheck.report(path, e, findings);
      }
    }
  }

  private void compare(String path, Optional<byte[]> stored) {
    if (stored.isEmpty()) {
      findings.missing(path, Finding.NONE, "the copy has this anchor and the log has not");
    } else if (!Arrays.equals(stored.get(), kept.read(path))) {
      findings.altered(path, Finding.NONE, "the copy has another file of this name");
    }
  }
}
