// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorPolicyTest {

  private final VerifierKey log = new NoteSigner("city.example/a", new KeyInMemory()).verifierKey();
  private final List<WitnessKey> keys = new ArrayList<>();
  @TempDir private Path folder;

  private WitnessKey witness(String name) {
    WitnessKey key = new Cosigner(name, new KeyInMemory()).witnessKey();
    keys.add(key);
    return key;
  }

  private AnchorPolicy read(String text) {
    return read(text.getBytes(UTF_8));
  }

  private AnchorPolicy read(byte[] text) {
    Path file = folder.resolve("policy");
    try {
      Files.write(file, text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return AnchorPolicy.read(file);
  }

  private void assertRefused(String text, String detail) {
    PlatformException refused = catchThrowableOfType(PlatformException.class, () -> read(text));
    assertThat(refused).as(text).isNotNull();
    assertThat(refused.code()).isEqualTo(AuditErrorCode.ANCHOR_POLICY_INVALID);
    assertThat(refused).hasMessageContaining(detail);
  }

  @Test
  void readsTheExampleOfTheSpecification() {
    StringBuilder text = new StringBuilder("log " + log + "\n\n");
    for (String name : List.of("X1", "X2", "X3", "Y1", "Y2", "Y3")) {
      text.append("witness ").append(name).append(' ').append(witness("w.example/" + name));
      text.append('\n');
    }
    text.append("group X-witnesses 2 X1 X2 X3\n");
    text.append("group Y-witnesses any Y1 Y2 Y3\n\n");
    text.append("group X-and-Y all X-witnesses Y-witnesses\nquorum X-and-Y\n");

    AnchorPolicy policy = read(text.toString());

    assertThat(policy.logs()).containsExactly(log);
    assertThat(policy.witnesses()).hasSize(6);
    Quorum quorum = policy.quorum();
    assertThat(quorum.isMetBy(Set.of(keys.get(0), keys.get(2), keys.get(4)))).isTrue();
    assertThat(quorum.isMetBy(Set.of(keys.get(0), keys.get(4), keys.get(5)))).isFalse();
    assertThat(quorum.isMetBy(Set.of(keys.get(0), keys.get(1), keys.get(2)))).isFalse();
    assertThat(quorum.isMetBy(Set.copyOf(keys))).isTrue();
  }

  @Test
  void readsWhatTheSpecificationHasNoWordsForFromComments() {
    new TestPki(TestPki.Algorithm.P256, AnchoredLog.START).writeRoot(folder.resolve("tsa.pem"));

    AnchorPolicy policy =
        read(
            "# this is not for citywall:\tonly a first word counts\n"
                + "#citywall tsa city roots=tsa.pem url=https://tsa.example/ policy=1.2.3 imprint=sm3\n"
                + "  # citywall tokens 1 2h\n"
                + "#citywall newest 90m\n"
                + "#citywall since 2026-03-01T00:00:00Z\n"
                + "witness police "
                + witness("police.example/w")
                + " http://127.0.0.1:1/x\n"
                + "quorum police\n");

    assertThat(policy.authorities())
        .singleElement()
        .satisfies(
            authority -> {
              assertThat(authority.name()).isEqualTo("city");
              assertThat(authority.url()).isEqualTo(URI.create("https://tsa.example/"));
              assertThat(authority.imprint()).isEqualTo(Imprint.SM3);
              assertThat(authority.trust().roots()).hasSize(1);
              assertThat(authority.trust().policy()).hasToString("1.2.3");
            });
    assertThat(policy.tokens()).isEqualTo(new AnchorPolicy.TokenRule(1, Duration.ofHours(2)));
    assertThat(policy.newest()).isEqualTo(Duration.ofMinutes(90));
    assertThat(policy.since()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(policy.witness("police").orElseThrow().url())
        .isEqualTo(URI.create("http://127.0.0.1:1/x"));
  }

  @Test
  void readsTheExampleOfTheReference() {
    AnchorPolicy policy = AnchorPolicy.read(Path.of("../docs/reference/anchor/policy.example"));

    assertThat(policy.logs()).hasSize(1);
    assertThat(policy.witnesses()).hasSize(3);
    assertThat(policy.authorities()).hasSize(1);
    assertThat(policy.newest()).isEqualTo(Duration.ofHours(3));
  }

  @Test
  void readsAPolicyWithoutWitnesses() {
    AnchorPolicy policy = read("quorum none\n");

    assertThat(policy.logs()).isEmpty();
    assertThat(policy.quorum().isMetBy(Set.of())).isTrue();
  }

  @Test
  void takesCommentsAndNamesOfAnyEncoding() {
    ByteArrayOutputStream gbk = new ByteArrayOutputStream();
    byte[] name = {(byte) 0xB9, (byte) 0xAB, (byte) 0xB0, (byte) 0xB2};
    gbk.writeBytes("# ".getBytes(UTF_8));
    gbk.writeBytes(name);
    gbk.writeBytes("\nwitness ".getBytes(UTF_8));
    gbk.writeBytes(name);
    gbk.writeBytes((" " + witness("police.example/w") + "\nquorum ").getBytes(UTF_8));
    gbk.writeBytes(name);
    gbk.writeBytes("\n".getBytes(UTF_8));

    assertThat(read(gbk.toByteArray()).quorum().isMetBy(Set.copyOf(keys))).isTrue();
  }

  @Test
  void refusesWhatTheGrammarDoesNotHave() {
    String a = "witness A " + witness("a.example") + "\n";
    String b = "witness B " + witness("b.example") + "\n";
    String sameKey = a.replace("witness A ", "witness A2 ");

    assertRefused("", "exactly one quorum");
    assertRefused("quorum none\nquorum none\n", "line 2");
    assertRefused("quorum A\n" + a, "not defined");
    assertRefused(a + "group G any A B\n" + b + "quorum G\n", "not defined");
    assertRefused(a + a.replace("a.example", "b.example") + "quorum A\n", "line 2");
    assertRefused(a + sameKey + "quorum A\n", "one key");
    assertRefused(a + b.replace("witness B", "witness A") + "quorum A\n", "used twice");
    assertRefused(a + "group G 2 A\nquorum G\n", "threshold");
    assertRefused(a + "group G 0 A\nquorum G\n", "not a number");
    assertRefused(a + "group G any\nquorum G\n", "members");
    assertRefused(a + b + "group G all A A\nquorum G\n", "once");
    assertRefused(a + b + "group G any A\ngroup H any A B\nquorum H\n", "once");
    assertRefused("witness none " + keys.getFirst() + "\nquorum none\n", "none");
    assertRefused("log " + keys.getFirst() + "\nquorum none\n", "line 1");
    assertRefused("witness A " + log + "\nquorum A\n", "line 1");
    assertRefused("log " + log + "\nlog " + log + "\nquorum none\n", "two logs");
    assertRefused("quorum none\r\n", "control");
    assertRefused("logs " + log + "\nquorum none\n", "unknown word");
    assertRefused(
        "log " + VerifierKey.of("a.example", new Sm2KeyInMemory().publicKey()) + "\nquorum none\n",
        "Ed25519");
    assertRefused("log " + log + " ftp://a.example/\nquorum none\n", "not a URL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tsa",
        "tsa city",
        "tsa city roots=absent.pem",
        "tsa CITY roots=tsa.pem",
        "tsa ../city roots=tsa.pem",
        "tsa city roots=tsa.pem colour=red",
        "tsa city roots=tsa.pem roots=tsa.pem",
        "tsa city roots=tsa.pem url=file:///etc/passwd",
        "tsa city roots=tsa.pem policy=x",
        "tsa city roots=tsa.pem imprint=sha1",
        "tsa city roots=tsa.pem",
        "tokens 1 2h",
        "tokens 0 2h",
        "tokens 1 2",
        "newest 2w",
        "since yesterday",
        "newst 2h",
        ""
      })
  void refusesADirectiveThatItDoesNotUnderstand(String directive) {
    new TestPki(TestPki.Algorithm.P256, AnchoredLog.START).writeRoot(folder.resolve("tsa.pem"));

    assertRefused("#citywall " + directive + "\nquorum none\n", "AUD-0060");
  }
}
