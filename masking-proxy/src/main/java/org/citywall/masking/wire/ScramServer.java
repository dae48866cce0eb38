// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.citywall.audit.log.Hash;

/** The server's side of one SCRAM-SHA-256 exchange, with channel binding or not. Used once. */
final class ScramServer {

  private final ScramVerifier verifier;
  private final String nonce;
  private final byte[] endPoint;
  private String clientFirst = "";
  private String serverFirst = "";
  private byte[] binding = {};

  ScramServer(ScramVerifier verifier, RandomGenerator random) {
    this(verifier, nonce(random), ServerEndPoint.NONE);
  }

  /**
   * @param endPoint what a client may bind the channel by, or {@link ServerEndPoint#NONE}
   */
  ScramServer(ScramVerifier verifier, String nonce, byte[] endPoint) {
    this.verifier = verifier;
    this.nonce = nonce;
    this.endPoint = endPoint.clone();
  }

  static String nonce(RandomGenerator random) {
    StringBuilder nonce = new StringBuilder();
    for (int i = 0; i < Scram.NONCE_LENGTH; i++) {
      nonce.append(Scram.NONCE_LETTERS.charAt(random.nextInt(Scram.NONCE_LETTERS.length())));
    }
    return nonce.toString();
  }

  /**
   * Takes client-first-message and answers server-first-message.
   *
   * @param bound whether the client chose the mechanism with channel binding
   */
  String first(String message, boolean bound) throws Scram.Failed {
    String header = header(message, bound);
    binding = header.getBytes(US_ASCII);
    if (bound) {
      binding = Arrays.copyOf(binding, binding.length + endPoint.length);
      System.arraycopy(endPoint, 0, binding, header.length(), endPoint.length);
    }
    clientFirst = message.substring(header.length());
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

  private String header(String message, boolean bound) throws Scram.Failed {
    boolean offered = endPoint.length > 0;
    if (bound && offered && message.startsWith(Scram.END_POINT_BINDING)) {
      return Scram.END_POINT_BINDING;
    }
    if (!bound && message.startsWith(Scram.NO_BINDING)) {
      return Scram.NO_BINDING;
    }
    // Where binding was offered, somebody between has taken the offer away.
    if (!bound && !offered && message.startsWith(Scram.NO_SERVER_BINDING)) {
      return Scram.NO_SERVER_BINDING;
    }
    throw new Scram.Failed("channel binding or an identity other than was offered");
  }

  /**
   * Takes client-final-message and answers server-final-message; fails where the proof is wrong.
   */
  String last(String message) throws Scram.Failed {
    Map<Character, String> attributes = Scram.attributes(message);
    String bound = Base64.getEncoder().encodeToString(binding);
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
