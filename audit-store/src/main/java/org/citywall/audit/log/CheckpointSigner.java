// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Signs the notes of one moment. Each is signed by the key of its tree, with and without the time,
 * and by the keys that retire; the note over SM3 is signed by the key of SHA-256 too, so that who
 * trusts that one key can tell the log's key of SM2 from any other.
 */
final class CheckpointSigner {

  private LogKeys keys;

  CheckpointSigner(LogKeys keys) {
    this.keys = keys;
  }

  LogKeys keys() {
    return keys;
  }

  void use(LogKeys next) {
    keys = next;
  }

  Checkpoint sign(LogTree tree, Instant now) {
    NoteSigner signer = keys.of(tree.hash()).orElseThrow();
    long size = tree.edge().size();
    Hash root = tree.edge().root();
    String text = Checkpoint.text(signer.name(), size, root);
    List<SignedNote.Line> lines = new ArrayList<>();
    addLines(signer, text, now, lines);
    for (NoteSigner retiring : keys.retiring()) {
      if (retiring.verifierKey().treeHash() == tree.hash()) {
        addLines(retiring, text, now, lines);
      }
    }
    if (tree.hash() != TreeHash.SHA_256) {
      lines.add(keys.sha256().plain(text));
    }
    return new Checkpoint(signer.name(), size, root, new SignedNote(text, lines).toString());
  }

  private static void addLines(
      NoteSigner signer, String text, Instant now, List<SignedNote.Line> lines) {
    lines.add(signer.plain(text));
    lines.add(signer.timed(text, now));
  }
}
