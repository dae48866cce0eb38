// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.anchor.CarriedAnchor;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.TreeHash;
import org.jspecify.annotations.Nullable;

/**
 * The content of an evidence bundle, well-formed and not believed yet: {@link BundleVerifier} says
 * what it proves.
 *
 * @param entries by rising leaf, 1..50,000
 * @param trees what proves them in each tree
 * @param anchor an earlier checkpoint that others vouched for; null without one
 */
public record EvidenceBundle(
    BundleManifest manifest,
    List<BundleEntry> entries,
    Map<TreeHash, Proof> trees,
    @Nullable Anchored anchor) {

  static final int MAX_ENTRIES = 50_000;

  /** Longest bundle that is made or read, in bytes. */
  static final int MAX_BYTES = 64 << 20;

  private static final String MANIFEST = "manifest.json";
  private static final String ENTRIES = "entries.jsonl";
  private static final String HASHES = "hashes.";
  private static final String CHECKPOINT = "checkpoint.";
  private static final String ANCHOR = "anchor/";
  private static final String ANCHOR_NOTE = "checkpoint";
  private static final String CONSISTENCY = "consistency";

  /**
   * What proves entries in a tree.
   *
   * @param path shared path of all entries
   * @param note the signed checkpoint, as it stands in the log
   */
  public record Proof(List<Hash> path, String note) {
    public Proof {
      path = List.copyOf(path);
    }
  }

  /**
   * What others vouched for before.
   *
   * @param consistency hashes that show that the anchored tree over SHA-256 is a prefix (RFC 6962
   *     section 2.1.2)
   */
  public record Anchored(CarriedAnchor anchor, List<Hash> consistency) {
    public Anchored {
      consistency = List.copyOf(consistency);
    }
  }

  public EvidenceBundle {
    entries = List.copyOf(entries);
    trees = Map.copyOf(trees);
  }

  /** The file; {@code AUD-0152} where it would be too long. */
  public byte[] toBytes() {
    SequencedMap<String, byte[]> members = new LinkedHashMap<>();
    members.put(MANIFEST, manifest.write());
    members.put(ENTRIES, EntryLines.write(entries));
    for (TreeHash tree : TreeHash.values()) {
      Proof proof = trees.get(tree);
      if (proof != null) {
        members.put(HASHES + name(tree), lines(proof.path()));
        members.put(CHECKPOINT + name(tree), proof.note().getBytes(StandardCharsets.UTF_8));
      }
    }
    if (anchor != null) {
      members.put(ANCHOR + ANCHOR_NOTE, anchor.anchor().note().getBytes(StandardCharsets.UTF_8));
      members.put(ANCHOR + CONSISTENCY, lines(anchor.consistency()));
      anchor.anchor().files().forEach((name, file) -> members.put(ANCHOR + name, file));
    }
    byte[] bytes = StoredZip.write(members);
    requireLength(bytes.length);
    return bytes;
  }

  private static byte[] lines(List<Hash> hashes) {
    StringBuilder lines = new StringBuilder();
    hashes.forEach(hash -> lines.append(hash.base64()).append('\n'));
    return lines.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads a file; {@code AUD-0150} where it is no bundle, {@code AUD-0151} for later formats,
   * {@code AUD-0152} where it is too long, {@code AUD-0015} where the disk refuses.
   */
  public static EvidenceBundle read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return parse(in.readNBytes(MAX_BYTES + 1));
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.LOG_READ_FAILED, file.toString(), e);
    }
  }

  /** Reads the bytes of a file, with the same failures. */
  public static EvidenceBundle parse(byte[] bytes) {
    requireLength(bytes.length);
    SequencedMap<String, byte[]> members = StoredZip.read(bytes);
    List<String> names = new ArrayList<>(members.keySet());
    byte[] manifestBytes = members.get(MANIFEST);
    if (manifestBytes == null) {
      throw malformed("no manifest.json");
    }
    BundleManifest manifest = BundleManifest.read(manifestBytes);
    List<String> expected = new ArrayList<>(List.of(MANIFEST, ENTRIES));
    for (TreeHash tree : manifest.keys().trees()) {
      expected.add(HASHES + name(tree));
      expected.add(CHECKPOINT + name(tree));
    }
    SortedMap<String, byte[]> files = new TreeMap<>();
    if (names.contains(ANCHOR + ANCHOR_NOTE)) {
      expected.addAll(List.of(ANCHOR + ANCHOR_NOTE, ANCHOR + CONSISTENCY));
      for (String name : names) {
        String file = name.startsWith(ANCHOR) ? name.substring(ANCHOR.length()) : "";
        if (CarriedAnchor.isFile(file)) {
          files.put(file, content(members, name));
        }
      }
      files.keySet().forEach(file -> expected.add(ANCHOR + file));
    }
    if (!names.equals(expected) || files.size() > CarriedAnchor.MAX_FILES) {
      throw malformed("members " + expected.size() + " expected, not these");
    }
    Map<TreeHash, Proof> trees = new EnumMap<>(TreeHash.class);
    for (TreeHash tree : manifest.keys().trees()) {
      trees.put(
          tree,
          new Proof(
              hashes(content(members, HASHES + name(tree))),
              new String(content(members, CHECKPOINT + name(tree)), StandardCharsets.UTF_8)));
    }
    List<BundleEntry> entries = EntryLines.read(content(members, ENTRIES));
    return new EvidenceBundle(manifest, entries, trees, anchored(members, files));
  }

  private static @Nullable Anchored anchored(
      Map<String, byte[]> members, SortedMap<String, byte[]> files) {
    if (!members.containsKey(ANCHOR + ANCHOR_NOTE)) {
      return null;
    }
    String note = new String(content(members, ANCHOR + ANCHOR_NOTE), StandardCharsets.UTF_8);
    return new Anchored(
        new CarriedAnchor(note, files), hashes(content(members, ANCHOR + CONSISTENCY)));
  }

  private static byte[] content(Map<String, byte[]> members, String name) {
    byte[] content = members.get(name);
    if (content == null) {
      throw malformed("no " + name);
    }
    return content;
  }

  private static List<Hash> hashes(byte[] bytes) {
    List<Hash> hashes = new ArrayList<>();
    String text = new String(bytes, StandardCharsets.US_ASCII);
    if (!text.isEmpty() && !text.endsWith("\n")) {
      throw malformed("hashes");
    }
    for (String line : text.lines().toList()) {
      try {
        Hash hash = Hash.of(Base64.getDecoder().decode(line));
        if (!hash.base64().equals(line)) {
          throw malformed("hashes");
        }
        hashes.add(hash);
      } catch (IllegalArgumentException e) {
        throw malformed("hashes");
      }
    }
    return hashes;
  }

  private static void requireLength(int length) {
    if (length > MAX_BYTES) {
      throw new PlatformException(AuditErrorCode.BUNDLE_TOO_LARGE, "more than 64 MiB");
    }
  }

  private static String name(TreeHash tree) {
    return tree == TreeHash.SHA_256 ? "sha256" : "sm3";
  }

  private static PlatformException malformed(String what) {
    return new PlatformException(AuditErrorCode.BUNDLE_FORMAT, what);
  }
}
