// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A token as it was read; that it is genuine is another question. Prints nothing of itself: who
 * reads it could use it.
 */
public final class IdentityToken {

  private static final byte[] DOMAIN = "citywall-identity\0".getBytes(US_ASCII);
  private static final int VERSION = 1;
  private static final int SIGNATURE = 64;
  private static final int LONGEST = 4096;

  /** What a token is bound to; the order is that of the format. */
  public enum Binding {
    NOTHING,
    SESSION,
    STATEMENT
  }

  private final byte[] signed;
  private final byte[] signature;
  private final Binding binding;
  private final Instant issued;
  private final String application;
  private final String keyId;
  private final String person;
  private final String department;
  private final String purpose;
  private final String ticket;

  private IdentityToken(byte[] bytes) throws CharacterCodingException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    if (in.get() != VERSION) {
      throw new IllegalArgumentException("another version");
    }
    int bound = in.get();
    if (bound < 0 || bound >= Binding.values().length) {
      throw new IllegalArgumentException("bound to something else");
    }
    binding = Binding.values()[bound];
    issued = Instant.ofEpochMilli(in.getLong());
    application = text(in);
    keyId = text(in);
    person = text(in);
    department = text(in);
    purpose = text(in);
    ticket = text(in);
    if (in.remaining() != SIGNATURE || person.isEmpty()) {
      throw new IllegalArgumentException("not the parts of a token");
    }
    signed = Arrays.copyOf(bytes, in.position());
    signature = Arrays.copyOfRange(bytes, in.position(), bytes.length);
  }

  /** Reads a token; empty for what is none. */
  public static Optional<IdentityToken> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.of(new IdentityToken(Base64.getUrlDecoder().decode(text)));
    } catch (CharacterCodingException | IllegalArgumentException | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static String text(ByteBuffer in) throws CharacterCodingException {
    int length = Byte.toUnsignedInt(in.get());
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    String text = UTF_8.newDecoder().decode(bytes).toString();
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a control character");
    }
    return text;
  }

  /**
   * Whether the owner of the key signed it for this.
   *
   * @param boundTo id of a session, text of a statement, or nothing, as the binding says
   */
  public boolean isSignedBy(PublicKey key, String boundTo) {
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(DOMAIN);
      verifier.update(signed);
      verifier.update(boundTo.getBytes(UTF_8));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  public Binding binding() {
    return binding;
  }

  public Instant issued() {
    return issued;
  }

  public String application() {
    return application;
  }

  public String keyId() {
    return keyId;
  }

  public String person() {
    return person;
  }

  /** Empty where none is stated, as are purpose and ticket. */
  public String department() {
    return department;
  }

  public String purpose() {
    return purpose;
  }

  public String ticket() {
    return ticket;
  }

  @Override
  public String toString() {
    return "***";
  }
}
