// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.bundle.EvidenceBundleTest.assertRefused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.StoredEntry;
import org.citywall.audit.log.TreeHash;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles that somebody tampered with, and files that only look like bundles. */
class HostileBundleTest {

  @TempDir private Path dataDir;
  private EvidenceRig rig;
  private EvidenceBundle bundle;
  private byte[] bytes;

  /** Leaves 0, 1, 2, 4 of six, of which 1 and 4 are withheld, and the record. */
  @BeforeEach
  void make() {
    rig = new EvidenceRig(dataDir);
    rig.append("zhang", "li", "zhang", "wang", "li", "zhao");
    bundle = rig.desk().make(EvidenceRig.about("zhang", List.of(0L, 1L, 2L, 4L)));
    bytes = bundle.toBytes();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /** Refused as no bundle, or found to be tampered with. */
  private boolean isCaught(byte[] file) {
    try {
      return isCaught(EvidenceBundle.parse(file));
    } catch (PlatformException e) {
      return e.code() == AuditErrorCode.BUNDLE_FORMAT || e.code() == AuditErrorCode.BUNDLE_VERSION;
    }
  }

  private boolean isCaught(EvidenceBundle forged) {
    return BundleVerifier.verify(forged, List.of(rig.key())).verdict() == Verdict.TAMPERED;
  }

  @RandomizedTest(iterations = 1)
  void cannotChangeInAnyByte(RandomGenerator random) {
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));

      assertThat(isCaught(changed)).as("byte %d", at).isTrue();
    }
  }

  @RandomizedTest(iterations = 1)
  void cannotChangeInAnyByteWithRightSums(RandomGenerator random) {
    SequencedMap<String, byte[]> members = StoredZip.read(bytes);
    for (String name : members.keySet()) {
      for (int at = 0; at < members.get(name).length; at++) {
        SequencedMap<String, byte[]> changed = new LinkedHashMap<>(members);
        byte[] content = members.get(name).clone();
        content[at] ^= (byte) (1 << random.nextInt(8));
        changed.put(name, content);

        assertThat(isCaught(StoredZip.write(changed))).as("%s, byte %d", name, at).isTrue();
      }
    }
  }

  @RandomizedTest(iterations = 20)
  void isRefusedWhereItIsCutOrMixedUp(RandomGenerator random) {
    assertThat(isCaught(Arrays.copyOf(bytes, random.nextInt(bytes.length)))).isTrue();
    assertThat(isCaught(Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9)))).isTrue();
    byte[] noise = new byte[random.nextInt(4000)];
    random.nextBytes(noise);
    assertThat(isCaught(noise)).isTrue();
    byte[] mixed = bytes.clone();
    int from = random.nextInt(bytes.length / 2);
    System.arraycopy(bytes, from, mixed, bytes.length / 2, random.nextInt(bytes.length / 2));
    assertThat(Arrays.equals(mixed, bytes) || isCaught(mixed)).isTrue();
  }

  private StoredEntry stored(long leaf) {
    return bundle.entries().stream()
        .filter(entry -> entry.leaf() == leaf)
        .findFirst()
        .orElseThrow()
        .entry();
  }

  private EvidenceBundle swapped(long one, long other) {
    StoredEntry first = stored(one);
    StoredEntry second = stored(other);
    return Forgery.changed(
        bundle,
        entry -> {
          StoredEntry from =
              entry.leaf() == one ? second : entry.leaf() == other ? first : entry.entry();
          return new BundleEntry(
              new StoredEntry(entry.leaf(), entry.entry().envelope(), from.salt(), from.payload()),
              entry.selected(),
              entry.state());
        });
  }

  @Test
  void cannotExchangePayloads() {
    assertThat(isCaught(swapped(0, 2))).isTrue();
    assertThat(isCaught(swapped(0, 0))).isFalse();
  }

  @Test
  void cannotDropAnEntryNotEvenByWhoHasTheLog() {
    for (long leaf : new long[] {0, 1, 2, 4, 6}) {
      EvidenceBundle shorter = Forgery.without(bundle, leaf);
      assertThat(isCaught(shorter)).isTrue();
      assertThat(isCaught(Forgery.provedAnew(shorter, rig.log()))).as("leaf %d", leaf).isTrue();
    }
    assertThat(isCaught(Forgery.provedAnew(bundle, rig.log()))).isFalse();
  }

  @Test
  void cannotAddAnEntryNotEvenByWhoHasTheLog() {
    for (boolean selected : new boolean[] {true, false}) {
      List<BundleEntry> entries = new ArrayList<>(bundle.entries());
      entries.add(3, BundleEntry.of(rig.log().stored(3), selected));
      assertThat(isCaught(Forgery.provedAnew(Forgery.with(bundle, entries), rig.log()))).isTrue();
    }
  }

  @Test
  void cannotWithholdMoreOrCallSomethingDestroyed() {
    assertThat(
            isCaught(
                Forgery.changed(bundle, entry -> entry.leaf() == 2 ? entry.withheld() : entry)))
        .isTrue();
    byte[] none = {};
    assertThat(
            isCaught(
                Forgery.changed(
                    bundle,
                    entry ->
                        entry.leaf() == 1
                            ? new BundleEntry(
                                new StoredEntry(1, entry.entry().envelope(), none, none, 6),
                                true,
                                BundleEntry.State.DESTROYED)
                            : entry)))
        .isTrue();
  }

  @Test
  void cannotTakeTheCheckpointOfAnotherMomentOrLog() {
    String before = note(bundle, TreeHash.SHA_256);
    rig.append("zhang");
    String later = rig.log().signCheckpoint().note();
    assertThat(isCaught(noted(later))).isTrue();
    assertThat(isCaught(noted(before))).isFalse();
    try (EvidenceRig other = new EvidenceRig(dataDir.resolve("other"))) {
      other.append("zhang", "li", "zhang", "wang", "li", "zhao", "zhao");
      assertThat(isCaught(noted(other.log().signCheckpoint().note()))).isTrue();
    }
  }

  private static String note(EvidenceBundle of, TreeHash tree) {
    EvidenceBundle.Proof proof = of.trees().get(tree);
    assertThat(proof).isNotNull();
    return proof.note();
  }

  private EvidenceBundle noted(String note) {
    Map<TreeHash, EvidenceBundle.Proof> trees = new EnumMap<>(bundle.trees());
    trees.computeIfPresent(
        TreeHash.SHA_256, (tree, proof) -> new EvidenceBundle.Proof(proof.path(), note));
    return new EvidenceBundle(bundle.manifest(), bundle.entries(), trees, null);
  }

  @Test
  void cannotBeOfOneTreeWhereTheLogHasTwo() {
    SequencedMap<String, byte[]> members = StoredZip.read(bytes);
    members.remove("hashes.sm3");
    members.remove("checkpoint.sm3");
    assertRefused(
        AuditErrorCode.BUNDLE_FORMAT, () -> EvidenceBundle.parse(StoredZip.write(members)));
  }

  @Test
  void isRefusedWhereTheArchiveIsOfAnotherKind() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : StoredZip.read(bytes).entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue());
      }
    }

    assertRefused(AuditErrorCode.BUNDLE_FORMAT, () -> EvidenceBundle.parse(out.toByteArray()));
  }

  /** A hundred megabytes of zeros in a few kilobytes. */
  @Test
  void isRefusedWhereItWouldGrow() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("manifest.json"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 100; i++) {
        zip.write(zeros);
      }
    }
    assertThat(out.size()).isLessThan(1 << 18);
    assertRefused(AuditErrorCode.BUNDLE_FORMAT, () -> EvidenceBundle.parse(out.toByteArray()));
    assertRefused(
        AuditErrorCode.BUNDLE_TOO_LARGE,
        () -> EvidenceBundle.parse(new byte[EvidenceBundle.MAX_BYTES + 1]));
  }

  @Test
  void isRefusedWithMembersThatItDoesNotHave() {
    for (String name :
        List.of("../../etc/cron.d/x", "/etc/passwd", "a\\b", "entries.jsonl/", "x")) {
      SequencedMap<String, byte[]> members = StoredZip.read(bytes);
      members.put(name, new byte[3]);
      assertRefused(
          AuditErrorCode.BUNDLE_FORMAT, () -> EvidenceBundle.parse(StoredZip.write(members)));
    }
    SequencedMap<String, byte[]> turned = StoredZip.read(bytes).reversed();
    assertRefused(
        AuditErrorCode.BUNDLE_FORMAT, () -> EvidenceBundle.parse(StoredZip.write(turned)));
  }

  @Test
  void isRefusedWithAMemberTwice() {
    SequencedMap<String, byte[]> two = new LinkedHashMap<>();
    two.put("manifest.json", new byte[3]);
    two.put("manifest.jsom", new byte[3]);
    String archive = new String(StoredZip.write(two), StandardCharsets.ISO_8859_1);

    byte[] twice = archive.replace("jsom", "json").getBytes(StandardCharsets.ISO_8859_1);

    assertRefused(AuditErrorCode.BUNDLE_FORMAT, () -> EvidenceBundle.parse(twice));
  }

  @Test
  void isRefusedWithMoreEntriesThanABundleHas() {
    SequencedMap<String, byte[]> members = StoredZip.read(bytes);
    StringBuilder lines = new StringBuilder();
    for (int leaf = 0; leaf <= EvidenceBundle.MAX_ENTRIES; leaf++) {
      lines
          .append("{\"leaf\":")
          .append(leaf)
          .append(",\"role\":\"selected\",\"state\":\"withheld\",\"envelope\":\"\"}\n");
    }
    members.put("entries.jsonl", lines.toString().getBytes(StandardCharsets.US_ASCII));

    assertRefused(
        AuditErrorCode.BUNDLE_TOO_LARGE, () -> EvidenceBundle.parse(StoredZip.write(members)));
  }

  @Test
  void isRefusedInAFormatOfLater() {
    assertRefused(
        AuditErrorCode.BUNDLE_VERSION,
        () -> EvidenceBundle.parse(manifest("bundle/1\"", "bundle/2\"")));
    for (String[] change :
        List.of(
            new String[] {"bundle/1\"", "bundle/01\""},
            new String[] {"\"size\":7", "\"size\":7.0"},
            new String[] {"\"size\":7", "\"size\":7,\"size\":7"},
            new String[] {"\"size\"", "\"site\""},
            new String[] {",\"rules\"", ", \"rules\""})) {
      assertRefused(
          AuditErrorCode.BUNDLE_FORMAT, () -> EvidenceBundle.parse(manifest(change[0], change[1])));
    }
  }

  @Test
  void cannotGiveAnotherReasonOrPerson() {
    assertThat(isCaught(manifest("case 12", "case 13"))).isTrue();
    assertThat(isCaught(manifest("\"person\":\"li\"", "\"person\":\"wu\""))).isTrue();
    assertThat(isCaught(manifest("\"selection\":\"entries\"", "\"selection\":\"query\""))).isTrue();
  }

  private byte[] manifest(String from, String to) {
    SequencedMap<String, byte[]> members = StoredZip.read(bytes);
    String text = new String(members.get("manifest.json"), StandardCharsets.UTF_8);
    assertThat(text).contains(from);
    members.put("manifest.json", text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    return StoredZip.write(members);
  }
}
