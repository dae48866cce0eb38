// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.MutableClock;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.client.CitywallIdentity;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class IdentityTokenTest {

  private static JsonNode file;
  private static PrivateKey privateKey;
  private static PublicKey publicKey;

  @BeforeAll
  static void read() throws Exception {
    file =
        new ObjectMapper()
            .readTree(
                Path.of("..", "docs", "reference", "proxy", "identity-vectors.json").toFile());
    byte[] key = Base64.getDecoder().decode(file.get("privateKey").asString());
    privateKey = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(key));
    publicKey = ApplicationKey.read(file.get("publicKey").asString());
  }

  @Test
  void readsTheDocumentedTokens() {
    for (JsonNode vector : file.get("vectors")) {
      IdentityToken token = IdentityToken.parse(text(vector, "token")).orElseThrow();

      assertThat(token.binding().name()).isEqualToIgnoringCase(text(vector, "binding"));
      assertThat(token.issued()).isEqualTo(Instant.ofEpochMilli(vector.get("issued").asLong()));
      assertThat(token.application()).isEqualTo(text(vector, "application"));
      assertThat(token.keyId()).isEqualTo(text(vector, "key"));
      assertThat(token.person()).isEqualTo(text(vector, "person"));
      assertThat(token.department()).isEqualTo(text(vector, "department"));
      assertThat(token.purpose()).isEqualTo(text(vector, "purpose"));
      assertThat(token.ticket()).isEqualTo(text(vector, "ticket"));
      assertThat(token.isSignedBy(publicKey, text(vector, "boundTo"))).isTrue();
      assertThat(token.isSignedBy(publicKey, text(vector, "boundTo") + " ")).isFalse();
      assertThat(token.toString()).isEqualTo("***");
    }
  }

  @Test
  void isWhatTheClientWrites() {
    for (JsonNode vector : file.get("vectors")) {
      MutableClock clock = MutableClock.at(Instant.ofEpochMilli(vector.get("issued").asLong()));
      CitywallIdentity identity = new CitywallIdentity("portal", "k1", privateKey, clock);
      CitywallIdentity.Clerk clerk =
          new CitywallIdentity.Clerk(
              text(vector, "person"),
              text(vector, "department"),
              text(vector, "purpose"),
              text(vector, "ticket"));
      String bound = text(vector, "boundTo");
      String token = text(vector, "token");

      switch (text(vector, "binding")) {
        case "nothing" -> assertThat(identity.anywhere(clerk)).isEqualTo(token);
        case "session" -> assertThat(identity.forSession(clerk, bound)).isEqualTo(token);
        default ->
            assertThat(identity.withComment(clerk, bound + " \n"))
                .isEqualTo(bound + " /*citywall='" + token + "'*/");
      }
    }
  }

  private static String text(JsonNode node, String name) {
    return node.get(name).asString();
  }

  @Test
  void takesNoOtherKeyThanOneOfEd25519() {
    assertThatThrownBy(() -> ApplicationKey.read("MCowBQYDK2VwAyEA"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ApplicationKey.read("nonsense!"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @RandomizedTest(iterations = 2000)
  void takesNoChangedToken(RandomGenerator random) {
    JsonNode vector = file.get("vectors").get(random.nextInt(3));
    byte[] bytes = Base64.getUrlDecoder().decode(text(vector, "token"));
    byte[] changed =
        switch (random.nextInt(3)) {
          case 0 -> flipped(bytes, random);
          case 1 -> java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
          default -> java.util.Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
        };
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);

    assertThat(IdentityToken.parse(text))
        .matches(
            token ->
                token.isEmpty() || !token.get().isSignedBy(publicKey, text(vector, "boundTo")));
  }

  private static byte[] flipped(byte[] bytes, RandomGenerator random) {
    byte[] changed = bytes.clone();
    changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return changed;
  }

  @RandomizedTest(iterations = 2000)
  void readsAnyTextWithoutAFailure(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(300)];
    random.nextBytes(bytes);
    if (bytes.length > 1) {
      bytes[0] = 1;
      bytes[1] = (byte) random.nextInt(3);
    }
    String text =
        random.nextInt(4) == 0
            ? new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
            : Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);

    assertThat(IdentityToken.parse(text))
        .matches(token -> token.isEmpty() || !token.get().isSignedBy(publicKey, ""));
  }
}
