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
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.TreeHash;

/**
 * The content of an evidence bundle, well-formed and not believed yet: {@link BundleVerifier} says
 * what it proves.
 *
 * @param entries by rising leaf, 1..50,000
 * @param trees what proves them in each tree
 */
public record EvidenceBundle(
    BundleManifest manifest, List<BundleEntry> entries, Map<TreeHash, Proof> trees) {

  static final int MAX_ENTRIES = 50_000;

  /** Longest bundle that is made or read, in bytes. */
  static final int MAX_BYTES = 64 << 20;

  private static final String MANIFEST = "manifest.json";
  private static final String ENTRIES = "entries.jsonl";
  private static final String HASHES = "hashes.";
  private static final String CHECKPOINT = "checkpoint.";

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
        StringBuilder hashes = new StringBuilder();
        proof.path().forEach(hash -> hashes.append(hash.base64()).append('\n'));
        members.put(HASHES + name(tree), hashes.toString().getBytes(StandardCharsets.US_ASCII));
        members.put(CHECKPOINT + name(tree), proof.note().getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = StoredZip.write(members);
    requireLength(bytes.length);
    return bytes;
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
    if (!names.equals(expected)) {
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
    return new EvidenceBundle(manifest, EntryLines.read(content(members, ENTRIES)), trees);
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
