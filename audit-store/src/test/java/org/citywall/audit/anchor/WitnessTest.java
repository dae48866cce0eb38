// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.citywall.audit.anchor.Refusals.assertRefused;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.Merkle;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.MutableClock;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessTest {

  private final MutableClock clock = MutableClock.at(AnchoredLog.START);
  private final VaultInMemory vault = new VaultInMemory();
  @TempDir private Path folder;
  private AnchoredLog log;
  private Witness witness;

  @BeforeEach
  void open() {
    log = new AnchoredLog(folder.resolve("log"), clock);
    Witness.make(home(), "police.example/w", vault, new SecureRandom());
    witness = reopen();
  }

  private Path home() {
    return folder.resolve("witness");
  }

  private Witness reopen() {
    return Witness.open(home(), vault, List.of(log.key()), clock);
  }

  @AfterEach
  void close() {
    witness.close();
    log.close();
  }

  private Checkpoint grow(int count) {
    log.append(count);
    return log.log().signCheckpoint();
  }

  private WitnessRequest request(long old, Checkpoint checkpoint) {
    return new WitnessRequest(old, log.tree().consistency(old, checkpoint.size()), checkpoint);
  }

  private Witness.Answer add(long old, Checkpoint checkpoint) {
    return witness.add(request(old, checkpoint).toString());
  }

  private void assertStatus(int status, String body) {
    assertThat(witness.add(body))
        .as(body)
        .isInstanceOfSatisfying(
            Witness.Answer.Refused.class,
            refused -> assertThat(refused.status()).isEqualTo(status));
  }

  private Checkpoint signed(long size, Hash root) {
    return log.signer().checkpoint(size, root, clock.instant());
  }

  @Test
  void cosignsWhatContinues() {
    Checkpoint first = grow(3);
    assertThat(add(0, first)).isInstanceOf(Witness.Answer.Cosigned.class);
    clock.advance(Duration.ofHours(1));
    Checkpoint second = grow(300);

    Witness.Answer answer = add(3, second);

    assertThat(answer)
        .isInstanceOfSatisfying(
            Witness.Answer.Cosigned.class,
            cosigned -> {
              SignedNote note = SignedNote.parse(second.note() + cosigned.signatures());
              assertThat(witness.key().cosignedAt(note)).contains(clock.instant());
              note.requireSignedBy(log.key());
            });
  }

  @Test
  void cosignsTheSameTreeAgainWithANewTime() {
    Checkpoint checkpoint = grow(3);
    add(0, checkpoint);
    clock.advance(Duration.ofHours(1));

    assertThat(add(3, checkpoint))
        .isInstanceOfSatisfying(
            Witness.Answer.Cosigned.class,
            cosigned ->
                assertThat(
                        witness
                            .key()
                            .cosignedAt(
                                SignedNote.parse(checkpoint.note() + cosigned.signatures())))
                    .contains(clock.instant()));
  }

  @Test
  void cosignsAnEmptyTree() {
    assertThat(add(0, signed(0, Merkle.EMPTY_ROOT))).isInstanceOf(Witness.Answer.Cosigned.class);
    assertStatus(422, request(0, signed(0, Hash.sha256(new byte[1]))).toString());
  }

  @Test
  void tellsTheSizeThatItKnows() {
    Checkpoint first = grow(3);
    add(0, first);
    Checkpoint second = grow(5);

    assertThat(add(0, second)).isEqualTo(new Witness.Answer.Conflict(3));
    assertThat(add(0, first)).isEqualTo(new Witness.Answer.Conflict(3));
  }

  @Test
  void refusesARollback() {
    Checkpoint first = grow(3);
    add(0, first);
    add(3, grow(5));

    assertThat(add(3, first)).isEqualTo(new Witness.Answer.Conflict(8));
    assertStatus(400, new WitnessRequest(8, List.of(), first).toString());
  }

  @Test
  void refusesAForkAndKeepsTheProofOfTwoTreesOfOneSize() throws IOException {
    Checkpoint first = grow(3);
    add(0, first);
    Checkpoint fork = signed(3, Hash.sha256(new byte[1]));

    assertStatus(422, new WitnessRequest(3, List.of(), fork).toString());

    List<String> kept = new ArrayList<>();
    try (Stream<Path> files = Files.list(home().resolve("witness/contradictions"))) {
      for (Path file : files.toList()) {
        kept.add(Files.readString(file));
      }
    }
    assertThat(kept).hasSize(2);
    assertThat(kept).contains(fork.note());
    assertThat(kept).anyMatch(note -> note.startsWith(SignedNote.parse(first.note()).text()));
  }

  @Test
  void refusesAProofThatDoesNotLeadThere() {
    add(0, grow(3));
    Checkpoint second = grow(5);
    List<Hash> proof = new ArrayList<>(request(3, second).proof());
    Collections.reverse(proof);

    assertStatus(422, new WitnessRequest(3, proof, second).toString());
    assertStatus(422, new WitnessRequest(3, List.of(), second).toString());
  }

  @Test
  void refusesAProofFromNothing() {
    Checkpoint first = grow(3);

    assertStatus(422, new WitnessRequest(0, List.of(first.root()), first).toString());
  }

  @Test
  void knowsNoOtherLog() {
    NoteSigner stranger = new NoteSigner("other.example/audit", new KeyInMemory());
    Checkpoint foreign = stranger.checkpoint(1, Hash.sha256(new byte[1]), clock.instant());

    assertStatus(404, new WitnessRequest(0, List.of(), foreign).toString());
  }

  @Test
  void wantsTheSignatureOfTheLog() {
    NoteSigner thief = new NoteSigner(log.key().name(), new KeyInMemory());
    Checkpoint forged = thief.checkpoint(1, Hash.sha256(new byte[1]), clock.instant());
    Checkpoint good = grow(1);
    String broken = SignedNote.parse(good.note()).text().replace("\n1\n", "\n2\n");
    Checkpoint resized =
        Checkpoint.parse(
            new SignedNote(broken, SignedNote.parse(good.note()).signatures()).toString());

    assertStatus(403, new WitnessRequest(0, List.of(), forged).toString());
    assertStatus(403, new WitnessRequest(0, List.of(), resized).toString());
  }

  @Test
  void goesOnUnderTheNewKeyAloneAfterBothHaveSigned() {
    NoteSigner next = new NoteSigner(log.key().name(), new KeyInMemory());
    Checkpoint first = grow(3);
    add(0, first);
    witness.close();
    witness = Witness.open(home(), vault, List.of(next.verifierKey()), clock);
    Checkpoint second = grow(4);

    Checkpoint both =
        Checkpoint.parse(
            second.note() + next.sign(SignedNote.parse(second.note()).text()).signatureLines());

    assertStatus(403, request(3, second).toString());
    assertThat(witness.add(new WitnessRequest(0, List.of(), both).toString()))
        .isEqualTo(new Witness.Answer.Conflict(3));
    assertThat(add(3, both)).isInstanceOf(Witness.Answer.Cosigned.class);
  }

  @Test
  void refusesWhatIsNoRequest() {
    Checkpoint good = grow(1);
    String hash = good.root().base64();
    String note = good.note();

    for (String body :
        List.of(
            "",
            note,
            "old 0\n" + note,
            "old 00\n\n" + note,
            "old +0\n\n" + note,
            "old -1\n\n" + note,
            "old  0\n\n" + note,
            "old 9223372036854775808\n\n" + note,
            "old 0\r\n\n" + note,
            "old 0\n" + hash.substring(0, 43) + "\n\n" + note,
            "old 0\n" + hash.replace("=", "") + "\n\n" + note,
            "old 0\n" + nonCanonical(hash) + "\n\n" + note,
            "old 0\n\n" + note.substring(0, note.length() - 1),
            "old 0\n\n" + note.replace("\n1\n", "\n01\n"),
            "old 0\n\n\n" + note,
            "old 0\n" + (hash + "\n").repeat(64) + "\n" + note)) {
      assertStatus(400, body);
    }
    assertThat(WitnessRequest.parse("old 0\n" + (hash + "\n").repeat(63) + "\n" + note).proof())
        .hasSize(63);
  }

  /** The same bytes with bits set that base64 does not use. */
  private static String nonCanonical(String base64) {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char other = alphabet.charAt(alphabet.indexOf(base64.charAt(42)) ^ 1);
    return base64.substring(0, 42) + other + "=";
  }

  @RandomizedTest(iterations = 3)
  void cosignsNothingThatDiffersFromARequest(RandomGenerator random) {
    add(0, grow(3));
    byte[] good = request(3, grow(5)).toString().getBytes(UTF_8);
    for (int i = 0; i < 100; i++) {
      byte[] changed = good.clone();
      int at = random.nextInt(changed.length);
      changed[at] = (byte) (changed[at] ^ 1 << random.nextInt(7));
      String body = new String(changed, UTF_8);

      // The second signature of the note is a time stamp of the log, which the witness ignores.
      if (!body.startsWith(new String(good, UTF_8).substring(0, good.length - 250))) {
        assertThat(witness.add(body)).as(body).isNotInstanceOf(Witness.Answer.Cosigned.class);
      }
    }
  }

  @Test
  void remembersOverARestart() {
    add(0, grow(3));
    witness.close();

    witness = reopen();

    assertThat(add(0, grow(1))).isEqualTo(new Witness.Answer.Conflict(3));
    assertThat(add(3, grow(1))).isInstanceOf(Witness.Answer.Cosigned.class);
  }

  @Test
  void refusesToOpenWithoutMemory() throws IOException {
    witness.close();
    Files.delete(home().resolve("witness/memory"));

    assertRefused(AuditErrorCode.WITNESS_STATE_DAMAGED, this::reopen);
    assertRefused(
        AuditErrorCode.WITNESS_REFUSED,
        () -> Witness.make(home(), "police.example/w", vault, new SecureRandom()));
  }

  @Test
  void refusesToOpenAChangedMemory() throws IOException {
    add(0, grow(3));
    witness.close();
    Path memory = home().resolve("witness/memory");
    String good = Files.readString(memory);

    for (String changed :
        List.of(
            "",
            good.replace("memory 1", "memory 2"),
            good.replace("\n3\n", "\n2\n"),
            good.replace("note ", "nose "),
            good.substring(0, good.lastIndexOf('\n', good.length() - 2) + 1),
            good.substring(0, good.length() / 2))) {
      Files.writeString(memory, changed);
      assertRefused(AuditErrorCode.WITNESS_STATE_DAMAGED, this::reopen);
    }
  }

  @Test
  void hasANewKeyWhenItIsMadeAnew() {
    WitnessKey old = witness.key();
    witness.close();
    AnchoredLog.remove(home().resolve("witness"));

    WitnessKey fresh = Witness.make(home(), "police.example/w", vault, new SecureRandom());

    assertThat(fresh).isNotEqualTo(old);
    assertThat(Witness.key(home(), vault)).isEqualTo(fresh);
    witness = reopen();
  }

  @Test
  void isRunByOneProcessAtATime() {
    assertRefused(AuditErrorCode.LOG_LOCKED, this::reopen);
  }

  @Test
  void saysThatThereIsNoWitness() {
    assertRefused(
        AuditErrorCode.WITNESS_MISSING,
        () -> Witness.open(folder.resolve("nowhere"), vault, List.of(), clock));
  }

  @Test
  void forgetsNothingWhenTheDiskRefuses() throws IOException {
    add(0, grow(3));
    Path memory = home().resolve("witness/memory");
    Path aside = home().resolve("aside");
    Files.move(memory, aside);
    Files.createDirectories(memory.resolve("in the way"));
    Checkpoint second = grow(5);

    assertRefused(AuditErrorCode.ANCHOR_STORE_FAILED, () -> add(3, second));

    AnchoredLog.remove(memory);
    Files.move(aside, memory, StandardCopyOption.ATOMIC_MOVE);
    assertThat(add(8, second)).isEqualTo(new Witness.Answer.Conflict(3));
    assertThat(add(3, second)).isInstanceOf(Witness.Answer.Cosigned.class);
  }

  @Test
  void showsMonitorsTheLastCheckpointAndBothSignatures() {
    Checkpoint first = grow(3);
    add(0, first);

    String origin = Hash.sha256(log.key().name().getBytes(UTF_8)).hex();
    SignedNote note = SignedNote.parse(witness.checkpoint(origin).orElseThrow());

    note.requireSignedBy(log.key());
    assertThat(witness.key().cosignedAt(note)).isPresent();
    assertThat(witness.checkpoint("00".repeat(32))).isEmpty();
  }

  @Test
  void rollsNothingBackWhenTwoAskAtATime() throws InterruptedException {
    Checkpoint base = grow(3);
    add(0, base);
    List<Checkpoint> larger = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      larger.add(grow(1));
    }
    List<Witness.Answer> answers = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads =
        larger.stream()
            .map(each -> Thread.ofVirtual().unstarted(() -> answers.add(add(3, each))))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(answers).hasSize(16);
    assertThat(answers).filteredOn(Witness.Answer.Cosigned.class::isInstance).hasSize(1);
  }

  @Test
  void speaksTheKeysOfTheSpecification() {
    // The example of C2SP tlog-cosignature gives name, id and signature, and no key.
    String line =
        "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==";
    byte[] signature = Base64.getDecoder().decode(line);
    WitnessKey key = witness.key();

    assertThat(signature).hasSize(4 + 72);
    assertThat(WitnessKey.parse(key.toString())).isEqualTo(key);
    assertRefused(AuditErrorCode.NOTE_MALFORMED, () -> WitnessKey.parse(log.key().toString()));
    assertRefused(
        AuditErrorCode.NOTE_MALFORMED,
        () -> WitnessKey.parse(key.toString().replace("police", "fire")));
  }
}
