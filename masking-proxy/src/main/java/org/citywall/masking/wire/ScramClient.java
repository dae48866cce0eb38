// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import org.citywall.audit.log.Hash;
import org.citywall.audit.secrets.Sensitive;

/** The client's side of one SCRAM-SHA-256 exchange without channel binding. Used once. */
final class ScramClient {

  private static final int MAX_ITERATIONS = 1_000_000;

  private final Sensitive<String> password;
  private final String first;
  private final String nonce;
  private String expected = "";

  /**
   * @param user named in the exchange; PostgreSQL ignores it and wants it empty
   */
  ScramClient(String user, Sensitive<String> password, String nonce) {
    this.password = password;
    this.nonce = nonce;
    this.first = "n=" + user + ",r=" + nonce;
  }

  /** client-first-message. */
  String first() {
    return Scram.NO_BINDING + first;
  }

  /** Takes server-first-message and answers client-final-message. */
  String last(String serverFirst) throws Scram.Failed {
    Map<Character, String> attributes = Scram.attributes(serverFirst);
    String both = Scram.required(attributes, 'r');
    int iterations = iterations(Scram.required(attributes, 'i'));
    if (!both.startsWith(nonce) || both.length() == nonce.length()) {
      throw new Scram.Failed("the server does not go on with this exchange");
    }
    byte[] salted =
        Scram.saltedPassword(
            password.reveal(), Scram.base64(Scram.required(attributes, 's')), iterations);
    byte[] clientKey = Scram.hmac(salted, "Client Key");
    String bare =
        "c="
            + Base64.getEncoder().encodeToString(Scram.NO_BINDING.getBytes(US_ASCII))
            + ",r="
            + both;
    String auth = first + ',' + serverFirst + ',' + bare;
    byte[] signature = Scram.hmac(Hash.sha256(clientKey).bytes(), auth);
    expected =
        Base64.getEncoder().encodeToString(Scram.hmac(Scram.hmac(salted, "Server Key"), auth));
    return bare + ",p=" + Base64.getEncoder().encodeToString(Scram.xor(clientKey, signature));
  }

  /** Takes server-final-message; fails where the server does not know the password either. */
  void verify(String serverFinal) throws Scram.Failed {
    String signature = Scram.required(Scram.attributes(serverFinal), 'v');
    if (expected.isEmpty()
        || !MessageDigest.isEqual(Scram.base64(signature), Scram.base64(expected))) {
      throw new Scram.Failed("the server's signature is wrong");
    }
  }

  private static int iterations(String text) throws Scram.Failed {
    if (!text.matches("[1-9][0-9]{0,7}") || Integer.parseInt(text) > MAX_ITERATIONS) {
      throw new Scram.Failed("not a count of iterations");
    }
    return Integer.parseInt(text);
  }
}
