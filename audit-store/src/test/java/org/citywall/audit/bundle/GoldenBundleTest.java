// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.citywall.audit.event.Field;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bundle that the first release of the format made: it must verify for good. */
class GoldenBundleTest {

  private static final Path FILE =
      Path.of("src", "test", "resources", "golden", "evidence-bundle-v1.zip");

  @TempDir private Path dataDir;

  @Test
  void stillVerifies() throws IOException {
    if (Boolean.getBoolean("golden.update") && !Files.exists(FILE)) {
      write();
    }
    VerifierKey ed25519 = EvidenceRig.SIGNER.verifierKey();
    VerifierKey sm2 =
        VerifierKey.of("court.example/log-sm3", Sm2KeyInMemory.numbered(12).publicKey());

    BundleReport report = BundleVerifier.verify(EvidenceBundle.read(FILE), List.of(ed25519, sm2));

    assertThat(report.findings()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.manifest().counts()).isEqualTo(new BundleManifest.Counts(2, 3, 0, 1));
    assertThat(report.disclosed())
        .extracting(entry -> entry.event().text(Field.GOV_NOTE))
        .containsExactly("seen by camera 3", "seen by camera 300");
    assertThat(report.signedAt()).isEqualTo(EvidenceRig.NOW);
  }

  @Test
  void isTheExampleOfTheReference() throws IOException {
    Path reference = Path.of("..", "docs", "reference", "evidence");
    byte[] manifest = StoredZip.read(Files.readAllBytes(FILE)).get("manifest.json");
    JsonNode schema =
        JsonMapper.shared().readTree(Files.readString(reference.resolve("manifest.schema.json")));

    assertThat(Files.readAllBytes(reference.resolve("manifest.example.json"))).isEqualTo(manifest);
    assertThat(JsonMapper.shared().readTree(manifest).propertyNames())
        .containsExactlyElementsOf(schema.get("properties").propertyNames());
  }

  /** Only where there is none: a bundle that was given away cannot be made anew. */
  private void write() throws IOException {
    try (EvidenceRig rig = new EvidenceRig(dataDir)) {
      for (int i = 1; i <= 300; i++) {
        rig.append(i == 3 || i == 300 ? "zhang" : "person " + i);
      }
      EvidenceRequest request = EvidenceRig.about("zhang", List.of(1L, 2L, 3L, 150L, 299L));
      Files.write(FILE, rig.desk().make(request).toBytes());
    }
  }
}
