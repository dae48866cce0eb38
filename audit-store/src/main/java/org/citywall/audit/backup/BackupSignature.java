// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.VerifierKey;

/** The signature under a backup's list of digests. */
final class BackupSignature {

  private BackupSignature() {}

  static String text(String origin, Hash sums) {
    return "citywall-backup/1\n" + origin + '\n' + sums.base64() + '\n';
  }

  /** Fails with {@code AUD-0085} unless this note is the key's, about this list. */
  static void require(String note, Hash sums, VerifierKey key) {
    try {
      SignedNote signed = SignedNote.parse(note);
      signed.requireSignedBy(key);
      if (!signed.text().equals(text(key.name(), sums))) {
        throw new PlatformException(
            AuditErrorCode.BACKUP_UNTRUSTED, "its signature is about something else");
      }
    } catch (PlatformException e) {
      throw e.code() == AuditErrorCode.BACKUP_UNTRUSTED
          ? e
          : new PlatformException(
              AuditErrorCode.BACKUP_UNTRUSTED, "its signature does not verify", e);
    }
  }
}
