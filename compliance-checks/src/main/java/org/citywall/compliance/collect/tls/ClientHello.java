// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.collect.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * A greeting, with its record header: the version, the suites and, from TLS 1.0 on, the extensions
 * without which servers refuse. For TLS 1.3 it brings no share of a key, so that the server names
 * the suite and the group that it wants (RFC 8446 4.1.4), which is all that is asked.
 */
final class ClientHello {

  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int RANDOM_BYTES = 32;

  private static final int SERVER_NAME = 0;
  private static final int GROUPS = 10;
  private static final int POINT_FORMATS = 11;
  private static final int SIGNATURES = 13;
  private static final int EXTENDED_MASTER_SECRET = 23;
  private static final int VERSIONS = 43;
  private static final int KEY_SHARES = 51;

  /** x25519, secp256r1, secp384r1, secp521r1, x448, curveSM2, ffdhe2048, ffdhe3072. */
  private static final int[] GROUP_CODES = {29, 23, 24, 25, 30, 41, 256, 257};

  /** ECDSA, RSA-PSS, Ed25519, Ed448, SM2 with SM3, RSA with SHA-2 and older. */
  private static final int[] SIGNATURE_CODES = {
    0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0807, 0x0808, 0x0809, 0x080A, 0x080B, 0x0708,
    0x0401, 0x0501, 0x0601, 0x0203, 0x0201, 0x0402, 0x0202
  };

  private ClientHello() {}

  /**
   * The bytes to send.
   *
   * @param name that the server is called by; empty where it is an address
   */
  static byte[] bytes(TlsVersion version, List<Integer> suites, String name) {
    Bytes body = new Bytes();
    boolean modern = version == TlsVersion.TLS_1_3;
    body.two(modern ? TlsVersion.TLS_1_2.code() : version.code());
    // a constant will do: nothing is ever encrypted under it
    body.raw(new byte[RANDOM_BYTES]);
    body.one(0);
    Bytes codes = new Bytes();
    suites.forEach(codes::two);
    body.list16(codes);
    body.one(1).one(0);
    if (version != TlsVersion.SSL_3 && version != TlsVersion.TLCP) {
      body.list16(extensions(modern, name));
    }
    Bytes message = new Bytes();
    message.one(CLIENT_HELLO).list24(body);
    Bytes record = new Bytes();
    record.one(HANDSHAKE).two(modern ? TlsVersion.TLS_1_0.code() : version.code());
    return record.list16(message).toArray();
  }

  private static Bytes extensions(boolean modern, String name) {
    Bytes all = new Bytes();
    if (!name.isEmpty()) {
      Bytes host = new Bytes();
      host.one(0).list16(new Bytes().raw(name.getBytes(StandardCharsets.US_ASCII)));
      extension(all, SERVER_NAME, bytes -> bytes.list16(host));
    }
    extension(all, GROUPS, bytes -> bytes.list16(codes(GROUP_CODES)));
    extension(all, POINT_FORMATS, bytes -> bytes.one(1).one(0));
    extension(all, SIGNATURES, bytes -> bytes.list16(codes(SIGNATURE_CODES)));
    extension(all, EXTENDED_MASTER_SECRET, bytes -> {});
    if (modern) {
      extension(all, VERSIONS, bytes -> bytes.one(2).two(TlsVersion.TLS_1_3.code()));
      extension(all, KEY_SHARES, bytes -> bytes.two(0));
    }
    return all;
  }

  private static void extension(Bytes all, int type, Consumer<Bytes> content) {
    Bytes body = new Bytes();
    content.accept(body);
    all.two(type).list16(body);
  }

  private static Bytes codes(int[] codes) {
    Bytes bytes = new Bytes();
    for (int code : codes) {
      bytes.two(code);
    }
    return bytes;
  }

  /** Bytes in the order of the network. */
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes one(int value) {
      out.write(value);
      return this;
    }

    Bytes two(int value) {
      return one(value >> 8).one(value);
    }

    Bytes raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Bytes list16(Bytes content) {
      return two(content.out.size()).raw(content.toArray());
    }

    Bytes list24(Bytes content) {
      return one(content.out.size() >> 16).list16(content);
    }

    byte[] toArray() {
      return out.toByteArray();
    }
  }
}
