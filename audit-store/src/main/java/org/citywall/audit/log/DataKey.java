// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A key under which payloads are sealed. Sealed bytes are {@code u64 counter, ciphertext, tag (16
 * bytes)}; the nonce is {@code u32 0, u64 counter}. Safe for use by several threads.
 *
 * <h2>Why no nonce is used twice under a key</h2>
 *
 * GCM under a repeated nonce gives away both payloads and the means to forge tags, so nothing that
 * can be copied or put back may decide about nonces. A key is drawn by the writer that seals with
 * it and is used for sealing by nobody else, ever: a writer that opens the log after a crash, from
 * a backup, or in a copy of its folder draws keys of its own and only reads with those that it
 * finds. Within one writer the counter of a key grows by one with each payload and is never set
 * back, also where a group of records fails and is written again. A counter, unlike a random nonce,
 * does not repeat by chance, so that the 2^32 records per key which random nonces of 96 bits allow
 * (SP 800-38D section 8.3) are no limit. What is left is a machine whose memory is copied while the
 * writer runs and resumed twice: such a copy must be started anew.
 */
public abstract sealed class DataKey permits AesDataKey, Sm4DataKey {

  /** Bytes that sealing adds. */
  static final int OVERHEAD = 8 + 16;

  static final int TAG_BYTES = 16;

  DataKey() {}

  /**
   * Seals these bytes.
   *
   * @param counter never used before under this key
   * @param to where the sealed bytes go, {@link #OVERHEAD} more than there are plain ones
   */
  abstract void seal(long counter, byte[] plain, byte[] to, int at);

  /** What was sealed, or null where the bytes are not what this key sealed. */
  public final byte @Nullable [] open(byte[] sealed) {
    return sealed.length < OVERHEAD
        ? null
        : open(ByteBuffer.wrap(sealed).getLong(), sealed, 8, sealed.length - 8);
  }

  /**
   * @param length of ciphertext and tag
   */
  abstract byte @Nullable [] open(long counter, byte[] sealed, int at, int length);
}
