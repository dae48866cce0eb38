// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.citywall.audit.log.Hash;

/** The server's side of one SCRAM-SHA-256 exchange without channel binding. Used once. */
final class ScramServer {

  private final ScramVerifier verifier;
  private final String nonce;
  private String clientFirst = "";
  private String serverFirst = "";
  private String binding = "";

  ScramServer(ScramVerifier verifier, RandomGenerator random) {
    this(verifier, nonce(random));
  }

  ScramServer(ScramVerifier verifier, String nonce) {
    this.verifier = verifier;
    this.nonce = nonce;
  }

  static String nonce(RandomGenerator random) {
    StringBuilder nonce = new StringBuilder();
    for (int i = 0; i < Scram.NONCE_LENGTH; i++) {
      nonce.append(Scram.NONCE_LETTERS.charAt(random.nextInt(Scram.NONCE_LETTERS.length())));
    }
    return nonce.toString();
  }

  /** Takes client-first-message and answers server-first-message. */
  String first(String message) throws Scram.Failed {
    // "y" says that the client could bind and believes that the server cannot, which is true here.
    if (!message.startsWith("n,,") && !message.startsWith("y,,")) {
      throw new Scram.Failed("channel binding or an identity that nobody offered");
    }
    binding = message.substring(0, 3);
    clientFirst = message.substring(3);
    String clientNonce = Scram.required(Scram.attributes(clientFirst), 'r');
    serverFirst =
        "r="
            + clientNonce
            + nonce
            + ",s="
            + Base64.getEncoder().encodeToString(verifier.salt())
            + ",i="
            + verifier.iterations();
    return serverFirst;
  }

  /**
   * Takes client-final-message and answers server-final-message; fails where the proof is wrong.
   */
  String last(String message) throws Scram.Failed {
    Map<Character, String> attributes = Scram.attributes(message);
    String bound = Base64.getEncoder().encodeToString(binding.getBytes(US_ASCII));
    boolean sameExchange =
        Scram.required(attributes, 'c').equals(bound)
            && serverFirst.startsWith("r=" + Scram.required(attributes, 'r') + ",");
    byte[] proof = Scram.base64(Scram.required(attributes, 'p'));
    int end = message.lastIndexOf(",p=");
    if (!sameExchange || proof.length != Hash.BYTES || end < 0) {
      throw new Scram.Failed("not the exchange that was begun");
    }
    String auth = clientFirst + ',' + serverFirst + ',' + message.substring(0, end);
    byte[] clientKey = Scram.xor(proof, Scram.hmac(verifier.storedKey(), auth));
    if (!MessageDigest.isEqual(Hash.sha256(clientKey).bytes(), verifier.storedKey())) {
      throw new Scram.Failed("the proof is wrong");
    }
    byte[] signature = Scram.hmac(verifier.serverKey(), auth);
    return "v=" + Base64.getEncoder().encodeToString(signature);
  }
}
