// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Clock;
import java.util.Base64;

/**
 * Signs for the masking proxy who is behind a session or a statement of an application. Safe for
 * use by several threads.
 */
public final class CitywallIdentity {

  private static final byte[] DOMAIN = "citywall-identity\0".getBytes(US_ASCII);
  private static final int VERSION = 1;
  private static final int ANYWHERE = 0;
  private static final int SESSION = 1;
  private static final int STATEMENT = 2;
  private static final int LONGEST_TEXT = 255;

  private final String application;
  private final String keyId;
  private final PrivateKey key;
  private final Clock clock;

  /**
   * A person behind statements. An empty text states nothing; each has at most 255 bytes of UTF-8.
   *
   * @param name of a user in the proxy's file
   * @param department code of the person's unit
   * @param purpose that the data is used for, one of the person's
   * @param ticket of the case that the statements belong to
   */
  public record Clerk(String name, String department, String purpose, String ticket) {

    /** A person for whom no more is stated. */
    public static Clerk named(String name) {
      return new Clerk(name, "", "", "");
    }
  }

  /**
   * @param application the name that the application logs in by
   * @param keyId of the public key in the proxy's file
   * @param key Ed25519, the private one to that
   */
  public CitywallIdentity(String application, String keyId, PrivateKey key, Clock clock) {
    this.application = application;
    this.keyId = keyId;
    this.key = key;
    this.clock = clock;
  }

  /** A token that every session takes until it is too old. */
  public String anywhere(Clerk clerk) {
    return token(clerk, ANYWHERE, "");
  }

  /**
   * A token that one session takes.
   *
   * @param session what the proxy answers to {@code SHOW citywall.session}
   */
  public String forSession(Clerk clerk, String session) {
    return token(clerk, SESSION, session);
  }

  /**
   * A statement with a token that holds for this one statement in a comment behind it.
   *
   * @param sql without a semicolon or a line comment at its end
   */
  public String withComment(Clerk clerk, String sql) {
    String bare = sql.stripTrailing();
    return bare + " /*citywall='" + token(clerk, STATEMENT, bare) + "'*/";
  }

  private String token(Clerk clerk, int binding, String boundTo) {
    ByteArrayOutputStream token = new ByteArrayOutputStream();
    token.write(VERSION);
    token.write(binding);
    token.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(clock.millis()).array());
    add(token, application);
    add(token, keyId);
    add(token, clerk.name());
    add(token, clerk.department());
    add(token, clerk.purpose());
    add(token, clerk.ticket());
    token.writeBytes(signature(token.toByteArray(), boundTo));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token.toByteArray());
  }

  private static void add(ByteArrayOutputStream token, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length > LONGEST_TEXT) {
      throw new IllegalArgumentException("a text of more than 255 bytes");
    }
    token.write(bytes.length);
    token.writeBytes(bytes);
  }

  private byte[] signature(byte[] body, String boundTo) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(DOMAIN);
      signature.update(body);
      signature.update(boundTo.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign by Ed25519", e);
    }
  }
}
