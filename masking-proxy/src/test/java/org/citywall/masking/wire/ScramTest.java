// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.RandomizedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScramTest {

  /** The example of RFC 7677 section 3. */
  private static final String CLIENT_NONCE = "rOprNGfwEbeRWgbNEkqO";

  private static final String SERVER_NONCE = "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
  private static final String SERVER_FIRST =
      "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  private static final String CLIENT_FINAL =
      "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
          + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
  private static final String SERVER_FINAL = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
  private static final byte[] SALT = Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");

  private static ScramServer server() {
    return server(ServerEndPoint.NONE);
  }

  private static ScramServer server(byte[] endPoint) {
    return new ScramServer(ScramVerifier.of("pencil", SALT, 4096), SERVER_NONCE, endPoint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p=tls-server-end-point,,n=,r=x | true  | true  | true",
        "p=tls-server-end-point,,n=,r=x | true  | false | false",
        "p=tls-unique,,n=,r=x           | true  | true  | false",
        "p=tls-server-end-point,,n=,r=x | false | true  | false",
        "n,,n=,r=x                      | true  | true  | false",
        "n,,n=,r=x                      | false | true  | true",
        "y,,n=,r=x                      | false | true  | false",
        "y,,n=,r=x                      | false | false | true",
      })
  void bindsAChannelAsItWasOffered(String message, boolean bound, boolean offered, boolean good) {
    ScramServer server = server(offered ? new byte[] {1, 2, 3} : ServerEndPoint.NONE);

    if (good) {
      assertThatCode(() -> server.first(message, bound)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> server.first(message, bound)).isInstanceOf(Scram.Failed.class);
    }
  }

  @Test
  void takesNoProofForAnotherChannel() throws Scram.Failed {
    ScramServer server = server(new byte[] {1, 2, 3});
    String first = server.first("p=tls-server-end-point,,n=,r=x", true);
    byte[] other = "p=tls-server-end-point,,\1\2\4".getBytes(StandardCharsets.US_ASCII);
    String bare =
        "c="
            + Base64.getEncoder().encodeToString(other)
            + ','
            + first.substring(0, first.indexOf(','));

    assertThatThrownBy(() -> server.last(bare + ",p=" + "A".repeat(43) + '='))
        .isInstanceOf(Scram.Failed.class)
        .hasMessage("not the exchange that was begun");
  }

  @Test
  void speaksTheExampleOfTheSpecificationAsAClient() throws Scram.Failed {
    ScramClient client = new ScramClient("user", Sensitive.of("pencil"), CLIENT_NONCE);

    assertThat(client.first()).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
    assertThat(client.last(SERVER_FIRST)).isEqualTo(CLIENT_FINAL);
    client.verify(SERVER_FINAL);
    assertThatThrownBy(() -> client.verify(SERVER_FINAL.replace('6', '7')))
        .isInstanceOf(Scram.Failed.class);
  }

  @Test
  void speaksTheExampleOfTheSpecificationAsAServer() throws Scram.Failed {
    ScramServer server = server();

    assertThat(server.first("n,,n=user,r=" + CLIENT_NONCE, false)).isEqualTo(SERVER_FIRST);
    assertThat(server.last(CLIENT_FINAL)).isEqualTo(SERVER_FINAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p=tls-server-end-point,,n=user,r=x",
        "n,a=admin,n=user,r=x",
        "n,,n=user",
        "n,,n=user,r=x,r=y",
        "n,,",
        ""
      })
  void refusesToBeginOtherwise(String message) {
    assertThatThrownBy(() -> server().first(message, false)).isInstanceOf(Scram.Failed.class);
  }

  @RandomizedTest
  void acceptsNothingButTheProof(RandomGenerator random) throws Scram.Failed {
    ScramServer server = server();
    server.first("n,,n=user,r=" + CLIENT_NONCE, false);
    StringBuilder wrong = new StringBuilder(CLIENT_FINAL);
    // The last letters of base64 carry bits that mean nothing.
    int at = random.nextInt(CLIENT_FINAL.length() - 2);
    char letter = (char) random.nextInt('+', 'z');
    wrong.setCharAt(at, letter);

    if (CLIENT_FINAL.charAt(at) != letter) {
      assertThatThrownBy(() -> server.last(wrong.toString())).isInstanceOf(Scram.Failed.class);
    }
  }

  @RandomizedTest
  void knowsEveryPasswordAgainAndNoOther(RandomGenerator random) throws Scram.Failed {
    String password = "密码-" + random.nextLong();
    ScramVerifier verifier =
        ScramVerifier.parse(ScramVerifier.of(password, random).text()).orElseThrow();

    assertThat(logsIn(verifier, password, random)).isTrue();
    assertThat(logsIn(verifier, password + "x", random)).isFalse();
    assertThat(logsIn(ScramVerifier.ofNobody("a", new byte[32]), password, random)).isFalse();
    assertThat(verifier.toString()).doesNotContain(":");
  }

  private static boolean logsIn(ScramVerifier verifier, String password, RandomGenerator random)
      throws Scram.Failed {
    ScramClient client = new ScramClient("", Sensitive.of(password), ScramServer.nonce(random));
    ScramServer server = new ScramServer(verifier, random);
    String last = client.last(server.first(client.first(), false));
    try {
      client.verify(server.last(last));
      return true;
    } catch (Scram.Failed e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pencil",
        "SCRAM-SHA-256$4096",
        "SCRAM-SHA-256$0:AAAA$AAAA:AAAA",
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$AAAA:AAAA",
        "SCRAM-SHA-256$x:W22ZaJ0SNY7soEsUEjb6gQ==$"
            + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="
      })
  void takesNothingElseForAVerifier(String text) {
    assertThat(ScramVerifier.parse(text)).isEmpty();
  }

  @Test
  void readsWhatPostgresKeeps() {
    String text =
        "SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$"
            + "WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY="
            + ":wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=";

    assertThat(ScramVerifier.parse(text).orElseThrow().text()).isEqualTo(text);
    assertThat(ScramVerifier.parse(text.replace("SCRAM-SHA-256", "scram-sha-256"))).isPresent();
    assertThat(ScramVerifier.of("pencil", SALT, 4096).text()).isEqualTo(text);
  }
}
