// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.bouncycastle.asn1.x509.CRLReason;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.verify.Finding;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.Verdict;
import org.citywall.audit.testing.KeyInMemory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorVerifierTest {

  @TempDir private static Path shared;
  private static AnchorRig rig;

  @TempDir private Path folder;
  private Path data;

  /** Three acts, an hour apart; each test changes a copy. */
  @BeforeAll
  static void anchor() {
    rig = new AnchorRig(shared);
    rig.log().append(300);
    rig.hour();
    rig.hour();
    rig.hour();
    rig.log().log().signCheckpoint();
  }

  @AfterAll
  static void tearDown() {
    rig.close();
  }

  @BeforeEach
  void copy() {
    data = folder.resolve("data");
    AnchoredLog.copy(rig.log().dataDir(), data);
  }

  private AnchorVerifier verifier(AnchorPolicy policy, Instant now) {
    return new AnchorVerifier(data, policy, now);
  }

  private AnchorReport verifyAfter(Duration time, AnchorPolicy policy) {
    return verifier(policy, rig.clock().instant().plus(time)).verify(Progress.SILENT);
  }

  private AnchorReport verify(AnchorPolicy policy) {
    return verifyAfter(Duration.ZERO, policy);
  }

  private AnchorReport verify() {
    return verify(rig.policy());
  }

  private void assertFound(AnchorReport report, Verdict verdict, String explanation) {
    assertThat(report.findings())
        .extracting(Finding::explanation)
        .anyMatch(text -> text.contains(explanation));
    assertThat(report.verdict()).isEqualTo(verdict);
  }

  private Path anchors() {
    return data.resolve("anchors");
  }

  private AnchorStore store() {
    return new AnchorStore(data);
  }

  private String name(int act) {
    return store().names().get(act);
  }

  private Path file(int act, String prefix) {
    String file =
        store().files(name(act)).stream()
            .filter(each -> each.startsWith(prefix))
            .findFirst()
            .orElseThrow();
    return anchors().resolve(name(act)).resolve(file);
  }

  private Path cosignature(int act, WitnessKey key) {
    return file(act, AnchorStore.cosignatureFile(key));
  }

  @Test
  void findsALogIntactThatWasVouchedForAsThePolicyWants() {
    AnchorReport report = verify();

    assertThat(report.findings()).isEmpty();
    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.keyTrusted()).isTrue();
    assertThat(report.anchors()).hasSize(9);
    assertThat(report.quorum()).isEqualTo(new AnchorReport.Reached(332, rig.clock().instant()));
  }

  // What others said was changed or exchanged.

  @Test
  void findsATokenFromAnotherCheckpoint() throws IOException {
    Files.write(file(1, "tsa"), Files.readAllBytes(file(0, "tsa")));
    Files.write(
        anchors().resolve(name(1)).resolve("tsa-city.tsq"),
        Files.readAllBytes(anchors().resolve(name(0)).resolve("tsa-city.tsq")));

    assertFound(verify(), Verdict.TAMPERED, "about something else");
  }

  @Test
  void findsAReplayedToken() throws IOException {
    byte[] query = Files.readAllBytes(anchors().resolve(name(0)).resolve("tsa-city.tsq"));
    byte[] again = Forgery.queryAbout("", query);
    Files.write(anchors().resolve(name(0)).resolve("tsa-city.tsq"), again);

    assertFound(verify(), Verdict.TAMPERED, "no token over this checkpoint");
  }

  @Test
  void findsAnAlteredToken() throws IOException {
    byte[] token = Files.readAllBytes(file(0, "tsa"));
    token[token.length - 5] = (byte) (token[token.length - 5] ^ 1);
    Files.write(file(0, "tsa"), token);

    assertFound(verify(), Verdict.TAMPERED, "no token over this checkpoint");
    assertFound(verify(), Verdict.TAMPERED, "the log tells of another file");
  }

  @Test
  void findsAFileThatIsTooLongToBeAToken() throws IOException {
    Files.write(file(0, "tsa"), new byte[(1 << 20) + 1]);

    assertThat(verify().verdict()).isEqualTo(Verdict.TAMPERED);
  }

  @Test
  void countsNoTokenUnderOtherRoots() {
    new TestPki(TestPki.Algorithm.P256, AnchoredLog.START)
        .writeRoot(rig.folder().resolve("other.pem"));

    AnchorReport report = verify(rig.policy("root.pem", "other.pem"));

    assertFound(report, Verdict.INCOMPLETE, "no valid path");
    assertFound(report, Verdict.INCOMPLETE, "fewer than 1 tokens");
  }

  @Test
  void countsNoTokenOfARevokedCertificate() throws IOException {
    Files.writeString(
        rig.folder().resolve("crl.pem"),
        rig.pki().crl(rig.tsa().identity(), rig.clock().instant(), CRLReason.keyCompromise));

    assertFound(
        verify(rig.policy("roots=root.pem", "roots=root.pem crl=crl.pem")),
        Verdict.INCOMPLETE,
        "was revoked on");
  }

  @Test
  void findsACosignatureForAnotherOrigin() throws IOException {
    String text = "other.example/audit\n332\n" + Hash.sha256(new byte[1]).base64() + "\n";
    SignedNote.Line line =
        new Cosigner("police.example/w", rig.police().signingKey())
            .cosign(text, rig.clock().instant());
    Files.writeString(
        cosignature(2, rig.police().key()), new SignedNote(text, List.of(line)).signatureLines());

    assertFound(verify(), Verdict.TAMPERED, "does not verify");
  }

  @Test
  void findsACosignatureMovedToAnotherCheckpoint() throws IOException {
    Files.write(
        cosignature(2, rig.police().key()), Files.readAllBytes(cosignature(1, rig.police().key())));

    assertFound(verify(), Verdict.TAMPERED, "does not verify");
  }

  @Test
  void countsNoCosignatureByAnExchangedKey() throws IOException {
    Cosigner thief = new Cosigner("police.example/w", new KeyInMemory());
    Path file = cosignature(2, rig.police().key());
    String text =
        SignedNote.parse(Files.readString(anchors().resolve(name(2)).resolve("checkpoint"))).text();
    SignedNote.Line line = thief.cosign(text, rig.clock().instant());
    Files.writeString(file, new SignedNote(text, List.of(line)).signatureLines());

    assertFound(verify(), Verdict.TAMPERED, "no cosignature by that witness");
    assertFound(
        verify(rig.policy(rig.police().key().toString(), thief.witnessKey().toString())),
        Verdict.TAMPERED,
        "the log tells of another file");
  }

  @Test
  void countsNoWitnessThatContradictsItself() throws IOException {
    SignedNote.Line later =
        new Cosigner("police.example/w", rig.police().signingKey())
            .cosign(
                SignedNote.parse(Files.readString(anchors().resolve(name(0)).resolve("checkpoint")))
                    .text(),
                rig.clock().instant().plusSeconds(60));
    Files.writeString(
        cosignature(0, rig.police().key()), new SignedNote("", List.of(later)).signatureLines());
    store().setRecorded(name(0), new TreeMap<>());

    AnchorReport report = verify();

    assertThat(report.findings())
        .extracting(Finding::explanation)
        .anyMatch(text -> text.contains("witness police is not counted"))
        .anyMatch(text -> text.contains("no checkpoint has the quorum"));
  }

  @Test
  void findsAChangedCheckpoint() throws IOException {
    Path file = anchors().resolve(name(0)).resolve("checkpoint");
    String note = Files.readString(file);

    Files.writeString(file, note.replace("\n310\n", "\n309\n"));
    assertFound(verify(), Verdict.TAMPERED, "does not verify");

    Files.writeString(
        file,
        store().read(name(1), "checkpoint").map(bytes -> new String(bytes, UTF_8)).orElseThrow());
    assertFound(verify(), Verdict.TAMPERED, "not the one that was stored");
  }

  // Something is gone.

  @Test
  void missesAnAnchorThatWasRemoved() throws IOException {
    Files.delete(cosignature(0, rig.police().key()));

    assertFound(verify(), Verdict.INCOMPLETE, "the log tells of this anchor and it is gone");
  }

  @Test
  void missesTheNewestActs() {
    AnchoredLog.remove(anchors().resolve(name(2)));

    assertFound(verify(), Verdict.INCOMPLETE, "the log tells of this anchor and it is gone");
  }

  @Test
  void missesAllAnchors() {
    AnchoredLog.remove(anchors());

    AnchorReport report = verify();

    assertThat(report.findings())
        .filteredOn(finding -> finding.explanation().contains("it is gone"))
        .hasSize(9);
    assertThat(report.verdict()).isEqualTo(Verdict.INCOMPLETE);
  }

  @Test
  void missesTheRequestOfAToken() throws IOException {
    Files.delete(anchors().resolve(name(0)).resolve("tsa-city.tsq"));

    assertFound(verify(), Verdict.INCOMPLETE, "the request that it answers is gone");
  }

  // The log is not what it was.

  @Test
  void findsTwoCheckpointsOfOneSize() throws IOException {
    Checkpoint shown =
        rig.log().signer().checkpoint(310, Hash.sha256(new byte[1]), rig.clock().instant());
    Path elsewhere = Files.writeString(folder.resolve("shown"), shown.note());

    assertFound(
        verifier(rig.policy(), rig.clock().instant()).with(elsewhere).verify(Progress.SILENT),
        Verdict.TAMPERED,
        "the log signed another tree of size 310");
  }

  @Test
  void findsAnExchangedKeyOfTheLog() {
    AnchorPolicy policy =
        rig.policy(
            rig.log().key().toString(),
            new NoteSigner(rig.log().key().name(), new KeyInMemory()).verifierKey().toString());

    assertFound(verify(policy), Verdict.TAMPERED, "does not name the log's key");
  }

  @Test
  void findsAChangedTile() throws IOException {
    Path tile = data.resolve("log/tlog/tile/1/000.p/1");
    byte[] bytes = Files.readAllBytes(tile);
    bytes[3] = (byte) (bytes[3] ^ 1);
    Files.write(tile, bytes);

    assertFound(verify(), Verdict.TAMPERED, "the tiles do not have the root it signs");
  }

  @Test
  void saysWhereTheKeyIsTheLogsOwnClaim() {
    AnchorReport report = verify(rig.policy("log " + rig.log().key(), ""));

    assertThat(report.keyTrusted()).isFalse();
    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.findings()).singleElement().isInstanceOf(Finding.Remark.class);
  }

  // It is less than the policy wants.

  @Test
  void wantsANewEnoughCheckpointWithTheQuorum() {
    AnchorReport report = verifyAfter(Duration.ofHours(3), rig.policy());

    assertFound(report, Verdict.INCOMPLETE, "the newest checkpoint with the quorum is of");
    assertFound(report, Verdict.INCOMPLETE, "there are 0 tokens within PT2H");
  }

  // Certificates end.

  @Test
  void countsATokenWhoseCertificateEndedOnlyWhereALaterAnchorShowsItIsOlder() {
    AnchorReport ended =
        verifyAfter(Duration.ofDays(60), rig.policy("tokens 1 2h", "tokens 1 90d"));

    // The third token is told of by entry 332, and nothing that was anchored is larger.
    assertThat(ended.anchors())
        .filteredOn(anchor -> anchor.kind() == AnchorReport.Kind.TOKEN)
        .extracting(AnchorReport.Anchor::size)
        .containsExactly(310L, 321L);
    assertThat(ended.findings())
        .extracting(Finding::explanation)
        .anyMatch(text -> text.contains("its certificate ended on"));
  }

  @Test
  void takesSilenceOfAPolicyForLeave() {
    AnchorPolicy lax = rig.policy(List.of("log " + rig.log().key(), "quorum none"));

    AnchorReport report = verifyAfter(Duration.ofDays(3), lax);

    assertThat(report.verdict()).isEqualTo(Verdict.INTACT);
    assertThat(report.findings()).hasSize(9).allMatch(Finding.Remark.class::isInstance);
  }
}
