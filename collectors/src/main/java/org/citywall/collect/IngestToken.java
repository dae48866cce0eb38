// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import org.citywall.audit.log.Hash;
import org.citywall.audit.secrets.Sensitive;

/**
 * Who may send events over HTTP. The token itself is not kept; it must be random, at least 128 bits
 * of it, because its hash is neither salted nor slow.
 *
 * @param name names the source: {@code gateway} makes {@code http/gateway}
 * @param hash SHA-256 of the token's UTF-8
 */
public record IngestToken(String name, Hash hash) {

  public IngestToken {
    if (!name.matches("[A-Za-z0-9._:@-]{1,64}")) {
      throw new IllegalArgumentException("a token's name is 1..64 letters, digits and ._:@-");
    }
  }

  public static IngestToken of(String name, Sensitive<String> token) {
    return new IngestToken(name, Hash.sha256(token.reveal().getBytes(UTF_8)));
  }

  /** Whether this is the token, in a time that does not depend on how much of it is right. */
  public boolean matches(Sensitive<String> token) {
    Hash given = Hash.sha256(token.reveal().getBytes(UTF_8));
    return MessageDigest.isEqual(given.bytes(), hash.bytes());
  }
}
