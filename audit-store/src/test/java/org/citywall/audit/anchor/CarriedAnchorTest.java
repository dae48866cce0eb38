// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citywall.audit.bundle.BundleReport;
import org.citywall.audit.bundle.BundleVerifier;
import org.citywall.audit.bundle.EvidenceBundle;
import org.citywall.audit.bundle.EvidenceDesk;
import org.citywall.audit.bundle.EvidenceRequest;
import org.citywall.audit.bundle.LeafRanges;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Verdict;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence bundles that carry what others said about the log. */
class CarriedAnchorTest {

  @TempDir private Path folder;
  private AnchorRig rig;
  private EvidenceDesk desk;

  @BeforeEach
  void anchor() {
    rig = new AnchorRig(folder);
    rig.log().append(20);
    rig.hour();
    rig.log().append(20);
    rig.hour();
    rig.log().append(5);
    desk = new EvidenceDesk(rig.log().log(), rig.log().dataDir(), rig.clock());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private EvidenceBundle bundle(String leaves) {
    EvidenceRequest request =
        new EvidenceRequest(
            LeafRanges.parse(leaves), "entries", List.of(), List.of(), "li", "case 12");
    return EvidenceBundle.parse(desk.make(request).toBytes());
  }

  private BundleReport verify(EvidenceBundle bundle, AnchorPolicy policy) {
    return BundleVerifier.verify(bundle, policy, rig.clock().instant());
  }

  private static EvidenceBundle with(EvidenceBundle bundle, EvidenceBundle.Anchored anchor) {
    return new EvidenceBundle(bundle.manifest(), bundle.entries(), bundle.trees(), anchor);
  }

  @Test
  void showsTheFirstTimeAtWhichOthersSawTheEntries() {
    EvidenceBundle early = bundle("3-7");
    EvidenceBundle later = bundle("3,35");

    BundleReport first = verify(early, rig.policy());
    BundleReport second = verify(later, rig.policy());

    assertThat(first.findings()).isEmpty();
    assertThat(first.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(first.anchors())
        .extracting(AnchorReport.Anchor::who)
        .containsExactlyInAnyOrder("police", "health", "city");
    assertThat(first.anchors()).allMatch(each -> each.size() == 30);
    assertThat(second.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(second.anchors()).allMatch(each -> each.size() > 35);
    assertThat(second.anchors().getFirst().time()).isAfter(first.anchors().getFirst().time());
  }

  @Test
  void areIncompleteWhereNobodyHasSeenTheEntriesYet() {
    EvidenceBundle bundle = bundle("3," + (rig.log().log().size() - 1));

    assertThat(bundle.anchor()).isNull();
    assertThat(verify(bundle, rig.policy()).verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(BundleVerifier.verify(bundle, List.of(rig.log().key())).verdict())
        .isEqualTo(Verdict.INTACT);
  }

  @Test
  void areIncompleteWithoutWhatThePolicyDemands() {
    EvidenceBundle bundle = bundle("3-7");
    EvidenceBundle.Anchored anchor = bundle.anchor();
    assertThat(anchor).isNotNull();
    for (String file : anchor.anchor().files().keySet()) {
      SortedMap<String, byte[]> fewer = new TreeMap<>(anchor.anchor().files());
      fewer.remove(file);
      EvidenceBundle less =
          with(
              bundle,
              new EvidenceBundle.Anchored(
                  new CarriedAnchor(anchor.anchor().note(), fewer), anchor.consistency()));
      assertThat(verify(less, rig.policy()).verdict()).as(file).isEqualTo(Verdict.INCOMPLETE);
    }
    rig.clock().advance(Duration.ofDays(40));
    BundleReport late = verify(bundle, rig.policy());
    assertThat(late.verdict()).isEqualTo(Verdict.INCOMPLETE);
    assertThat(late.findings()).anyMatch(Finding.Remark.class::isInstance);
  }

  @Test
  void areTamperedWithWhereAnAnchorIsAlteredOrOfAnotherCheckpoint() {
    EvidenceBundle bundle = bundle("3-7");
    EvidenceBundle.Anchored anchor = bundle.anchor();
    EvidenceBundle.Anchored other = bundle("3,35").anchor();
    assertThat(anchor).isNotNull();
    assertThat(other).isNotNull();
    for (String file : anchor.anchor().files().keySet()) {
      SortedMap<String, byte[]> altered = new TreeMap<>(anchor.anchor().files());
      byte[] bytes = altered.get(file).clone();
      // The end of a token is its signature; what else it carries may be of no weight.
      bytes[file.endsWith(".tsr") ? bytes.length - 1 : bytes.length / 2] ^= 1;
      altered.put(file, bytes);
      EvidenceBundle forged =
          with(
              bundle,
              new EvidenceBundle.Anchored(
                  new CarriedAnchor(anchor.anchor().note(), altered), anchor.consistency()));
      assertThat(verify(forged, rig.policy()).verdict()).as(file).isEqualTo(Verdict.TAMPERED);
    }
    for (EvidenceBundle.Anchored wrong :
        List.of(
            new EvidenceBundle.Anchored(anchor.anchor(), other.consistency()),
            new EvidenceBundle.Anchored(
                new CarriedAnchor(anchor.anchor().note(), other.anchor().files()),
                anchor.consistency()),
            new EvidenceBundle.Anchored(
                new CarriedAnchor(other.anchor().note(), anchor.anchor().files()),
                other.consistency()))) {
      assertThat(verify(with(bundle, wrong), rig.policy()).verdict()).isEqualTo(Verdict.TAMPERED);
    }
    EvidenceBundle beyond = bundle("3,35");
    assertThat(BundleVerifier.verify(with(beyond, anchor), List.of(rig.log().key())).verdict())
        .isEqualTo(Verdict.TAMPERED);
  }
}
