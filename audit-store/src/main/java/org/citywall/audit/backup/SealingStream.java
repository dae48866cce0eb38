// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.citywall.audit.secrets.Sensitive;

/** Encrypts what is written to it; only {@link #close} makes the end that a reader wants. */
final class SealingStream extends OutputStream {

  private final OutputStream out;
  private final SealHeader header;
  private final SecretKeySpec key;
  private final byte[] chunk = new byte[SealHeader.CHUNK];
  private int filled;
  private long number;
  private boolean closed;

  SealingStream(OutputStream out, SealHeader header, Sensitive<char[]> passphrase)
      throws IOException {
    this.out = out;
    this.header = header;
    this.key = header.key(passphrase);
    out.write(header.encode());
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      // A full chunk waits until there is more: it may be the last one.
      if (filled == chunk.length) {
        seal(false);
      }
      int part = Math.min(left, chunk.length - filled);
      System.arraycopy(bytes, from, chunk, filled, part);
      filled += part;
      from += part;
      left -= part;
    }
  }

  private void seal(boolean last) throws IOException {
    try {
      Cipher cipher = header.cipher(Cipher.ENCRYPT_MODE, key, number++, last);
      out.write(cipher.doFinal(chunk, 0, filled));
      filled = 0;
    } catch (GeneralSecurityException e) {
      throw new IOException("chunk " + (number - 1) + " cannot be encrypted", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      seal(true);
      out.flush();
    }
  }
}
