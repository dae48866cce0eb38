// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;

/** Decrypts an archive; no byte is given out before the tag of its chunk was checked. */
final class UnsealingStream extends InputStream {

  private static final int SEALED_CHUNK = SealHeader.CHUNK + SealHeader.TAG;

  private final InputStream in;
  private final SealHeader header;
  private final SecretKeySpec key;
  private byte[] ahead;
  private byte[] chunk = new byte[0];
  private int position;
  private long number;
  private boolean ended;

  /**
   * @param in stands behind the header
   */
  UnsealingStream(InputStream in, SealHeader header, Sensitive<char[]> passphrase)
      throws IOException {
    this.in = in;
    this.header = header;
    this.key = header.key(passphrase);
    this.ahead = in.readNBytes(SEALED_CHUNK);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == chunk.length) {
      if (ended) {
        return -1;
      }
      unseal();
    }
    int part = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, bytes, offset, part);
    position += part;
    return part;
  }

  private void unseal() throws IOException {
    byte[] sealed = ahead;
    ahead = sealed.length < SEALED_CHUNK ? new byte[0] : in.readNBytes(SEALED_CHUNK);
    ended = ahead.length == 0;
    try {
      Cipher cipher = header.cipher(Cipher.DECRYPT_MODE, key, number, ended);
      chunk = cipher.doFinal(sealed);
    } catch (GeneralSecurityException e) {
      throw number == 0
          ? new PlatformException(
              AuditErrorCode.BACKUP_SEALED, "not this passphrase, or its beginning was altered", e)
          : new PlatformException(
              AuditErrorCode.BACKUP_DAMAGED, "chunk " + number + " was altered or cut short", e);
    }
    position = 0;
    number++;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
