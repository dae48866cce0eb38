// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log.verify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.TreeHash;
import org.jspecify.annotations.Nullable;

/** Says of the stored checkpoints what can be said without records and without keys. */
final class CheckpointScan {

  private static final long NEVER = -1;

  private final Path root;
  private final List<TreeHash> trees;
  private final Findings findings;
  private final Map<TreeHash, String> published = new EnumMap<>(TreeHash.class);
  private final Map<TreeHash, Long> publishedAt = new EnumMap<>(TreeHash.class);
  private final @Nullable Mark mark;
  private @Nullable Moment last;
  private long sizeBefore;
  private @Nullable String tail;
  private long tailAt;
  private long count;

  /**
   * @param mark the moment to begin with, or null for the first
   */
  CheckpointScan(Path root, List<TreeHash> trees, Findings findings, @Nullable Mark mark) {
    this.root = root;
    this.trees = trees;
    this.findings = findings;
    this.mark = mark;
    this.count = mark == null ? 0 : mark.number() - 1;
    this.sizeBefore = mark == null ? 0 : mark.sizeBefore();
  }

  /** The last moment, or null where nothing was signed yet. */
  @Nullable Moment last() {
    return last;
  }

  /** The last checkpoint of this tree, or null. */
  @Nullable Checkpoint last(TreeHash tree) {
    return last == null ? null : last.of(tree);
  }

  /** Leaves that the last moment covers. */
  long signedSize() {
    return last == null ? 0 : last.size();
  }

  /** Moments that were read. */
  long count() {
    return mark == null ? count : count - mark.number() + 1;
  }

  /** The last moment, to go on from; null where nothing was signed yet. */
  @Nullable Mark mark() {
    return last == null ? null : Mark.of(last, count, sizeBefore);
  }

  void run() throws IOException {
    // The copies first: a running writer stores a moment before it publishes it.
    for (TreeHash tree : trees) {
      Path copy = Trees.checkpoint(root, tree);
      if (Files.exists(copy)) {
        published.put(tree, new String(Files.readAllBytes(copy), StandardCharsets.UTF_8));
        publishedAt.put(tree, NEVER);
      }
    }
    Moments moments = new Moments(root, this::damaged, mark);
    requireEveryFile(moments.files());
    for (Moment moment = moments.next(); moment != null; moment = moments.next()) {
      check(moment);
    }
    lookFurtherBack();
    checkPublished();
    checkTail();
  }

  /** After a crash the published notes may be of a moment before the one that was begun with. */
  private void lookFurtherBack() throws IOException {
    if (mark == null || !publishedAt.containsValue(NEVER)) {
      return;
    }
    Moments moments = new Moments(root, Moments.Damage.IGNORED);
    long number = 0;
    for (Moment moment = moments.next(); moment != null; moment = moments.next()) {
      findPublished(moment, number++);
    }
  }

  private void findPublished(Moment moment, long number) {
    for (TreeHash tree : trees) {
      Checkpoint checkpoint = moment.of(tree);
      if (checkpoint != null && checkpoint.note().equals(published.get(tree))) {
        publishedAt.put(tree, number);
      }
    }
  }

  private void requireEveryFile(List<Path> files) {
    for (int i = 0; i < files.size(); i++) {
      String expected = String.format(Locale.ROOT, "%08d.notes", i);
      if (!files.get(i).endsWith(expected)) {
        findings.missing("checkpoints/" + expected, -1, -1, "a file of checkpoints is missing");
        return;
      }
    }
  }

  private void damaged(String file, long position, boolean atEnd) {
    if (atEnd) {
      tail = file;
      tailAt = position;
    } else {
      findings.altered(file, -1, position, "the stored checkpoints are damaged");
    }
  }

  private void check(Moment moment) {
    findPublished(moment, count);
    count++;
    Moment before = last;
    Checkpoint sm3 = moment.sm3();
    if (sm3 != null && sm3.size() != moment.size()) {
      findings.altered(
          moment.file(), -1, moment.position(), "the two notes of a moment are of two sizes");
    } else if (sm3 == null && before != null && before.sm3() != null) {
      findings.altered(
          moment.file(), -1, moment.position(), "only one of the two notes of a moment is there");
    } else if (before != null && moment.size() < before.size()) {
      findings.altered(
          moment.file(),
          -1,
          moment.position(),
          "size fell from " + before.size() + " to " + moment.size());
      return;
    } else if (before != null && moment.size() == before.size()) {
      requireSameRoots(before, moment);
    }
    if (before != null) {
      sizeBefore = before.size();
    }
    last = moment;
  }

  private void requireSameRoots(Moment before, Moment moment) {
    for (TreeHash tree : trees) {
      Checkpoint first = before.of(tree);
      Checkpoint second = moment.of(tree);
      if (first != null && second != null && !first.root().equals(second.root())) {
        findings.altered(
            moment.file(),
            -1,
            moment.position(),
            "two roots were signed for size " + moment.size());
      }
    }
  }

  private void checkPublished() {
    for (TreeHash tree : trees) {
      String name = Trees.folder(tree) + "/checkpoint";
      Long at = publishedAt.get(tree);
      if (at == null && last(tree) != null) {
        findings.remark(name, -1, -1, "no checkpoint is published");
      } else if (at != null && at == NEVER) {
        findings.altered(name, -1, -1, "the published checkpoint was never stored");
      }
    }
    if (publishedAt.size() == 2 && publishedAt.values().stream().distinct().count() > 1) {
      findings.remark(
          "sm3/checkpoint",
          -1,
          -1,
          "the published notes are of two moments: one lacks its partner");
    }
  }

  /** A damaged end is what a crash leaves only where nothing says that it had been finished. */
  private void checkTail() {
    if (tail == null) {
      return;
    }
    Long at = publishedAt.get(TreeHash.SHA_256);
    if (last == null ? at == null : at != null && at != NEVER) {
      findings.remark(tail, -1, tailAt, "an unfinished checkpoint stands at the end");
    } else {
      findings.altered(tail, -1, tailAt, "the stored checkpoints are damaged");
    }
  }
}
