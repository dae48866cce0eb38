// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.waiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.compliance.ComplianceErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaiversTest {

  private static final String TEXT =
      """
      waivers:
        - {check: linux.a, target: gateway, reason: it is one, until: 2027-03-31}
        - {check: linux.b, target: "*", reason: being replaced, until: 2026-11-30}
      """;

  @TempDir private Path folder;

  private NoteSigner signer(String name) {
    FileKeyVault vault =
        FileKeyVault.open(folder.resolve(name), Map.of(), Clock.systemUTC(), new SecureRandom());
    return new NoteSigner(name, vault.signingKey("waivers"));
  }

  private static String signed(String text, NoteSigner... signers) {
    List<SignedNote.Line> lines = new ArrayList<>();
    for (NoteSigner signer : signers) {
      lines.addAll(signer.sign(text).signatures());
    }
    return new SignedNote(text, lines).toString();
  }

  @Test
  void aWaiverCountsForItsCheckAndTargetUntilTheEndOfItsLastDayInChina() throws Exception {
    NoteSigner ana = signer("ana");
    NoteSigner bo = signer("bo");

    Waivers waivers =
        Waivers.of(signed(TEXT, ana, bo), List.of(ana.verifierKey(), bo.verifierKey()));

    Instant lastMoment = Instant.parse("2026-11-30T15:59:59Z");
    Instant next = Instant.parse("2026-11-30T16:00:00Z");
    assertThat(waivers.find("linux.b", "anything", lastMoment)).isPresent();
    assertThat(waivers.find("linux.b", "anything", next)).isEmpty();
    assertThat(waivers.endedBy(next)).extracting(Waiver::check).containsExactly("linux.b");
    assertThat(waivers.find("linux.a", "gateway", next))
        .get()
        .extracting(Waiver::signedBy)
        .isEqualTo(List.of("ana", "bo"));
    assertThat(waivers.find("linux.a", "other", next)).isEmpty();
    assertThat(waivers.find("linux.c", "gateway", next)).isEmpty();
  }

  @Test
  void onePersonIsNotEnoughNeitherTwiceNorUnderTwoNames() throws Exception {
    NoteSigner ana = signer("ana");
    NoteSigner bo = signer("bo");
    NoteSigner stranger = signer("stranger");
    NoteSigner again = new NoteSigner("ana-too", ana.key());
    List<VerifierKey> persons = List.of(ana.verifierKey(), bo.verifierKey());

    refused(signed(TEXT, ana), persons);
    refused(signed(TEXT, ana, ana), persons);
    refused(signed(TEXT, ana, stranger), persons);
    refused(signed(TEXT, ana, again), List.of(ana.verifierKey(), again.verifierKey()));
    refused(TEXT, persons);
  }

  @Test
  void aLetterThatIsChangedAfterwardsCostsAllOfIt() throws Exception {
    NoteSigner ana = signer("ana");
    NoteSigner bo = signer("bo");
    String note = signed(TEXT, ana, bo).replace("2027-03-31", "2037-03-31");

    assertThatThrownBy(() -> Waivers.of(note, List.of(ana.verifierKey(), bo.verifierKey())))
        .isInstanceOf(PlatformException.class);
  }

  @Test
  void whatIsNotUnderstoodIsRefusedWithItsPlace() {
    for (String wrong :
        List.of(
            "waivers:\n  - {check: a, target: b, reason: c, until: tomorrow}\n",
            "waivers:\n  - {check: a, target: b, until: 2027-01-01}\n",
            "waivers:\n  - {check: a, target: b, reason: c, until: 2027-01-01, for: ever}\n",
            "waivers: []\nmore: 1\n",
            "waivers: all\n")) {
      assertThatThrownBy(() -> Waivers.unsigned(wrong))
          .isInstanceOfSatisfying(
              PlatformException.class,
              e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.WAIVERS_INVALID));
    }
  }

  private static void refused(String note, List<VerifierKey> persons) {
    assertThatThrownBy(() -> Waivers.of(note, persons))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ComplianceErrorCode.WAIVERS_UNSIGNED));
  }
}
