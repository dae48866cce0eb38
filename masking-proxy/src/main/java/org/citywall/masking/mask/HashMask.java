// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.mask;

import java.util.Arrays;
import java.util.HexFormat;
import org.citywall.audit.log.Hash;
import org.citywall.audit.secrets.Sensitive;

/**
 * Puts a pseudonym in the place of a text: equal values stay equal, so that they can be counted and
 * joined. Whoever can read the statements of the database can read the secret in them.
 */
public sealed interface HashMask extends Mask {

  /** Shortest secret, in bytes: without one, anybody finds a telephone number by trying all. */
  int MIN_SECRET = 16;

  /** SQL for the pseudonym of a text. */
  String pseudonym(String text);

  /** Length of every pseudonym, in characters. */
  int length();

  @Override
  default String sql(String column, ColumnType type) {
    // A type that cut the pseudonym short would make different values equal.
    return type.kind() == ColumnType.Kind.TEXT && type.room() >= length()
        ? Sql.of("CAST(%s AS %s)", pseudonym("CAST(" + column + " AS text)"), type.sqlName())
        : ToNull.INSTANCE.sql(column, type);
  }

  /** {@code KEYED_HASH}: HMAC-SHA256 (RFC 2104) of the UTF-8 bytes, in hexadecimal. */
  record Keyed(Sensitive<byte[]> key) implements HashMask {

    private static final int BLOCK = 64;

    public Keyed {
      requireSecret(key.reveal().length);
    }

    @Override
    public String algorithm() {
      return "KEYED_HASH";
    }

    @Override
    public int length() {
      return 64;
    }

    @Override
    public String pseudonym(String text) {
      return Sql.of(
          "encode(sha256(decode('%s', 'hex')"
              + " || sha256(decode('%s', 'hex') || convert_to(%s, 'UTF8'))), 'hex')",
          padded(0x5C), padded(0x36), text);
    }

    private String padded(int pad) {
      byte[] secret = key.reveal();
      byte[] block =
          Arrays.copyOf(secret.length > BLOCK ? Hash.sha256(secret).bytes() : secret, BLOCK);
      for (int i = 0; i < BLOCK; i++) {
        block[i] ^= (byte) pad;
      }
      return HexFormat.of().formatHex(block);
    }
  }

  private static void requireSecret(int bytes) {
    if (bytes < MIN_SECRET) {
      throw new IllegalArgumentException("the secret of a hash is at least 16 bytes");
    }
  }
}
