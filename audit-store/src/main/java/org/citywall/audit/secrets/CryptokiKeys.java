// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Cryptoki.Failure;
import org.citywall.audit.secrets.Cryptoki.Function;
import org.citywall.audit.secrets.CryptokiSession.Calls;

/**
 * Ed25519 keys on a token (PKCS#11 3.0 section 6.3.15), known by their labels. A key is there as
 * long as its public half is: that one is seen without logging in, so that a session that lost its
 * log-in is not taken for a token without keys. Thread-safe.
 */
final class CryptokiKeys {

  private static final long PUBLIC_KEY = 2;
  private static final long PRIVATE_KEY = 3;
  private static final long EC_EDWARDS = 0x40;
  private static final long EC_EDWARDS_KEY_PAIR_GEN = 0x1055;
  private static final long EDDSA = 0x1057;

  /** Object identifier of Ed25519 (RFC 8410), by which PKCS#11 may name the curve. */
  private static final byte[] ED25519 = HexFormat.of().parseHex("06032b6570");

  private static final byte[] OCTET_STRING_OF_32 = HexFormat.of().parseHex("0420");
  private static final int KEY_BYTES = 32;
  private static final int SIGNATURE_BYTES = 64;

  private final CryptokiSession session;

  CryptokiKeys(CryptokiSession session) {
    this.session = session;
  }

  List<String> labels() {
    return session.work(
        "listing keys",
        calls -> {
          List<String> labels = new ArrayList<>();
          for (long key : calls.find(halves(PUBLIC_KEY))) {
            labels.add(
                new String(calls.attribute(key, CryptokiAttributes.LABEL), StandardCharsets.UTF_8));
          }
          return labels;
        });
  }

  /** Makes a key that the token does not give out. */
  void generate(String label) {
    CryptokiAttributes publicHalf =
        half(PUBLIC_KEY, label)
            .with(CryptokiAttributes.EC_PARAMS, ED25519)
            .with(CryptokiAttributes.TOKEN, true)
            .with(CryptokiAttributes.PRIVATE, false)
            .with(CryptokiAttributes.VERIFY, true);
    CryptokiAttributes privateHalf =
        half(PRIVATE_KEY, label)
            .with(CryptokiAttributes.TOKEN, true)
            .with(CryptokiAttributes.PRIVATE, true)
            .with(CryptokiAttributes.SENSITIVE, true)
            .with(CryptokiAttributes.EXTRACTABLE, false)
            .with(CryptokiAttributes.SIGN, true);
    session.work(
        "making key " + label,
        calls -> {
          calls.call(
              Function.GENERATE_KEY_PAIR,
              calls.mechanism(EC_EDWARDS_KEY_PAIR_GEN),
              publicHalf.in(calls.arena()),
              publicHalf.count(),
              privateHalf.in(calls.arena()),
              privateHalf.count(),
              calls.arena().allocate(JAVA_LONG),
              calls.arena().allocate(JAVA_LONG));
          return true;
        });
  }

  /** 32 bytes (RFC 8032); empty where there is no such key. */
  Optional<byte[]> publicKey(String label) {
    return session.work("reading key " + label, calls -> publicKey(calls, label));
  }

  private static Optional<byte[]> publicKey(Calls calls, String label) throws Failure {
    List<Long> found = calls.find(half(PUBLIC_KEY, label));
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(point(calls.attribute(found.getFirst(), CryptokiAttributes.EC_POINT)));
  }

  /** Some machines give the point itself, others an OCTET STRING of it. */
  private static byte[] point(byte[] value) {
    boolean inString =
        value.length == KEY_BYTES + OCTET_STRING_OF_32.length
            && Arrays.equals(value, 0, 2, OCTET_STRING_OF_32, 0, 2);
    return inString ? Arrays.copyOfRange(value, 2, value.length) : value;
  }

  /** 64 bytes; {@code AUD-0043} where there is no such key any more. */
  byte[] sign(String label, byte[] message) {
    return session.work("signing by key " + label, calls -> sign(calls, label, message));
  }

  private static byte[] sign(Calls calls, String label, byte[] message) throws Failure {
    List<Long> found = calls.find(half(PRIVATE_KEY, label));
    if (found.isEmpty()) {
      if (publicKey(calls, label).isEmpty()) {
        throw new PlatformException(AuditErrorCode.KEY_RETIRED, "key " + label);
      }
      throw new Failure(Function.SIGN_INIT, Cryptoki.USER_NOT_LOGGED_IN);
    }
    MemorySegment signature = calls.arena().allocate(SIGNATURE_BYTES);
    MemorySegment length = calls.arena().allocate(JAVA_LONG);
    length.set(JAVA_LONG, 0, SIGNATURE_BYTES);
    calls.call(Function.SIGN_INIT, calls.mechanism(EDDSA), found.getFirst());
    calls.call(
        Function.SIGN,
        calls.arena().allocateFrom(JAVA_BYTE, message),
        (long) message.length,
        signature,
        length);
    return signature.toArray(JAVA_BYTE);
  }

  /** Destroys the key of this label, the half that signs first. */
  void destroy(String label) {
    session.work(
        "destroying key " + label,
        calls -> {
          for (long half : new long[] {PRIVATE_KEY, PUBLIC_KEY}) {
            for (long key : calls.find(half(half, label))) {
              calls.call(Function.DESTROY_OBJECT, key);
            }
          }
          return true;
        });
  }

  private static CryptokiAttributes half(long half, String label) {
    return halves(half).with(CryptokiAttributes.LABEL, label);
  }

  private static CryptokiAttributes halves(long half) {
    return new CryptokiAttributes()
        .with(CryptokiAttributes.CLASS, half)
        .with(CryptokiAttributes.KEY_TYPE, EC_EDWARDS);
  }
}
