// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.VerifierKey;
import org.jspecify.annotations.Nullable;

/** Reads every stored checkpoint and checks what can be said without the records. */
final class CheckpointWalk {

  private static final int FRAME = 8;
  private static final int MAX_NOTE = 1 << 16;

  /** A size and the root that was signed for it. */
  record Signed(long size, Hash root, String where) {}

  private final Path root;
  private final VerifierKey key;
  private final Findings findings;
  private final List<Signed> signed = new ArrayList<>();
  private @Nullable Checkpoint last;
  private long count;
  private boolean foundPublished;

  CheckpointWalk(Path root, VerifierKey key, Findings findings) {
    this.root = root;
    this.key = key;
    this.findings = findings;
  }

  /** Sizes in rising order with the roots signed for them. */
  List<Signed> signed() {
    return signed;
  }

  @Nullable Checkpoint last() {
    return last;
  }

  @Nullable Instant lastTime() {
    return last == null ? null : last.signedAt(key).orElse(null);
  }

  long count() {
    return count;
  }

  void run() throws IOException {
    Path copy = root.resolve("tlog").resolve("checkpoint");
    // The copy first: a running writer stores a checkpoint before it publishes it.
    String published =
        Files.exists(copy) ? new String(Files.readAllBytes(copy), StandardCharsets.UTF_8) : null;
    List<Path> files;
    try (Stream<Path> found = Files.list(root.resolve("checkpoints"))) {
      files = found.filter(f -> f.toString().endsWith(".notes")).sorted().toList();
    }
    for (int i = 0; i < files.size(); i++) {
      String expected = String.format(Locale.ROOT, "%08d.notes", i);
      if (!files.get(i).endsWith(expected)) {
        findings.missing("checkpoints/" + expected, -1, -1, "a file of checkpoints is missing");
        break;
      }
      walk(files.get(i), i == files.size() - 1, published);
    }
    if (published == null) {
      if (last != null) {
        findings.remark("tlog/checkpoint", -1, -1, "no checkpoint is published");
      }
    } else if (!foundPublished) {
      findings.altered("tlog/checkpoint", -1, -1, "the published checkpoint was never stored");
    }
  }

  private void walk(Path file, boolean isLast, @Nullable String published) throws IOException {
    String name = "checkpoints/" + file.getFileName();
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    while (in.hasRemaining()) {
      int at = in.position();
      int length = in.remaining() < FRAME ? -1 : in.getInt(at + 4);
      boolean whole = length > 0 && length <= in.remaining() - FRAME;
      if (whole && crc(in, at + 4, length + 4) == in.getInt(at)) {
        String note = new String(in.array(), at + FRAME, length, StandardCharsets.UTF_8);
        foundPublished |= note.equals(published);
        check(note, name, at);
        in.position(at + FRAME + length);
      } else if (isLast && !whole && in.remaining() <= FRAME + MAX_NOTE) {
        findings.remark(name, -1, at, "an unfinished checkpoint stands at the end");
        return;
      } else {
        findings.altered(name, -1, at, "the stored checkpoints are damaged");
        return;
      }
    }
  }

  private void check(String note, String file, long at) {
    Checkpoint checkpoint;
    try {
      checkpoint = Checkpoint.verified(note, key);
      if (checkpoint.signedAt(key).isEmpty()) {
        findings.altered(file, -1, at, "the time of the checkpoint is not signed by the log");
      }
    } catch (PlatformException e) {
      findings.altered(file, -1, at, "checkpoint: " + e.getMessage());
      return;
    }
    count++;
    Checkpoint before = last;
    if (before != null && checkpoint.size() < before.size()) {
      findings.altered(
          file, -1, at, "size fell from " + before.size() + " to " + checkpoint.size());
      return;
    }
    if (before != null && checkpoint.size() == before.size()) {
      if (!checkpoint.root().equals(before.root())) {
        findings.altered(file, -1, at, "two roots were signed for size " + checkpoint.size());
      }
    } else {
      signed.add(new Signed(checkpoint.size(), checkpoint.root(), file));
    }
    last = checkpoint;
  }

  private static int crc(ByteBuffer in, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(in.array(), from, length);
    return (int) crc.getValue();
  }
}
