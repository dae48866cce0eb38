// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;

/**
 * What a log says of itself in its format file: version and keys, each key after the one whose
 * place it took.
 *
 * @param version 1: one tree; 2: two trees
 */
public record LogFormat(int version, List<KeyPeriod> periods) {

  /**
   * A key and the entry that announced it, which is the first that is signed by it.
   *
   * @param leaf leaf of that entry, or {@link #FIRST} for the key that the log began with
   */
  public record KeyPeriod(VerifierKey key, long leaf) {
    public static final long FIRST = -1;
  }

  private static final String HEADER = "citywall-log ";

  public LogFormat {
    periods = List.copyOf(periods);
  }

  /**
   * What the log of a data folder says of itself; whether to believe it is the caller's decision.
   * {@code AUD-0011} where there is no log, {@code AUD-0012} for later versions, {@code AUD-0013}
   * where the file is damaged.
   */
  public static LogFormat of(Path dataDir) {
    try {
      return FormatFile.read(LogFolder.ofData(dataDir));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, "format file", e);
    }
  }

  static LogFormat first(LogKeys keys) {
    List<KeyPeriod> periods = new ArrayList<>();
    for (TreeHash tree : keys.trees()) {
      VerifierKey key = keys.of(tree).orElseThrow().verifierKey();
      periods.add(new KeyPeriod(key, KeyPeriod.FIRST));
    }
    return new LogFormat(periods.size(), periods);
  }

  /** The trees of the log. */
  public List<TreeHash> trees() {
    return version == 1 ? List.of(TreeHash.SHA_256) : List.of(TreeHash.SHA_256, TreeHash.SM3);
  }

  /** The key that signs for this tree now. */
  public VerifierKey key(TreeHash hash) {
    return chain(hash).getLast().key();
  }

  /** The key that has to sign a checkpoint of this size. */
  public VerifierKey keyAt(TreeHash hash, long size) {
    VerifierKey key = chain(hash).getFirst().key();
    for (KeyPeriod period : chain(hash)) {
      if (period.leaf() < size) {
        key = period.key();
      }
    }
    return key;
  }

  /** The keys of this tree, oldest first. */
  public List<KeyPeriod> chain(TreeHash hash) {
    return periods.stream().filter(period -> period.key().treeHash() == hash).toList();
  }

  /** The same with a tree over SM3. */
  LogFormat upgraded(VerifierKey sm3) {
    List<KeyPeriod> more = new ArrayList<>(periods);
    more.add(new KeyPeriod(sm3, KeyPeriod.FIRST));
    return new LogFormat(2, more);
  }

  /** The same after an entry announced another key. */
  LogFormat changed(VerifierKey next, long leaf) {
    List<KeyPeriod> more = new ArrayList<>(periods);
    more.add(new KeyPeriod(next, leaf));
    return new LogFormat(version, more);
  }

  /** The same as it was when the log had only so many entries. */
  LogFormat before(long entries) {
    return new LogFormat(
        version, periods.stream().filter(period -> period.leaf() < entries).toList());
  }

  /** Whether this is the next change of keys, made by the entry at this leaf. */
  boolean isAnnouncedBy(KeyChange change, long leaf) {
    TreeHash tree = change.after().treeHash();
    return change.leaf() == leaf
        && trees().contains(tree)
        && change.before().equals(key(tree))
        && chain(tree).stream().noneMatch(period -> period.key().equals(change.after()));
  }

  /** Text of the format file. */
  String text() {
    StringBuilder text = new StringBuilder(HEADER).append(version).append('\n');
    for (KeyPeriod period : periods) {
      text.append(word(period.key().treeHash())).append(' ').append(period.key());
      if (period.leaf() != KeyPeriod.FIRST) {
        text.append(' ').append(period.leaf());
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String word(TreeHash hash) {
    return switch (hash) {
      case SHA_256 -> "key";
      case SM3 -> "sm3";
    };
  }

  /** Reads the text; {@code AUD-0012} for other versions, {@code AUD-0013} for anything else. */
  static LogFormat parse(String text) {
    String[] lines = text.split("\n", -1);
    if (!lines[0].equals(HEADER + 1) && !lines[0].equals(HEADER + 2)) {
      throw lines[0].matches(HEADER + "[1-9][0-9]*")
          ? new PlatformException(AuditErrorCode.LOG_FORMAT, "the log is a " + lines[0])
          : damaged();
    }
    List<KeyPeriod> periods = new ArrayList<>();
    for (int i = 1; i < lines.length - 1; i++) {
      periods.add(period(lines[i]));
    }
    LogFormat format = new LogFormat(lines[0].endsWith("1") ? 1 : 2, periods);
    if (!format.text().equals(text) || !format.isSound()) {
      throw damaged();
    }
    return format;
  }

  private static KeyPeriod period(String line) {
    String[] words = line.split(" ", -1);
    if (words.length < 2 || words.length > 3) {
      throw damaged();
    }
    try {
      long leaf = words.length == 3 ? Long.parseLong(words[2]) : KeyPeriod.FIRST;
      return new KeyPeriod(VerifierKey.parse(words[1]), leaf);
    } catch (NumberFormatException e) {
      throw damaged();
    }
  }

  /** Whether each tree of the version has exactly one first key, and no other tree has any. */
  public boolean isSound() {
    for (TreeHash hash : TreeHash.values()) {
      List<KeyPeriod> chain = chain(hash);
      long firsts = chain.stream().filter(period -> period.leaf() == KeyPeriod.FIRST).count();
      if (!trees().contains(hash)
          ? !chain.isEmpty()
          : firsts != 1 || chain.getFirst().leaf() >= 0) {
        return false;
      }
    }
    return true;
  }

  private static PlatformException damaged() {
    return new PlatformException(AuditErrorCode.LOG_CORRUPT, "the format file is damaged");
  }
}
