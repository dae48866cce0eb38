// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit;

/** Failures of the audit store. */
public enum AuditErrorCode implements ErrorCode {
  EVENT_INVALID(
      "AUD-0001",
      ErrorCategory.CALLER,
      "A field of the event has a value that its type does not allow; correct the field."),
  EVENT_BYTES_MALFORMED(
      "AUD-0002",
      ErrorCategory.INTEGRITY,
      "Stored event bytes are not in canonical form; verify the log before trusting them."),
  EVENT_TOO_LARGE(
      "AUD-0003",
      ErrorCategory.CALLER,
      "The event is larger than the log accepts; shorten it at the source."),
  LOG_LOCKED(
      "AUD-0010",
      ErrorCategory.CALLER,
      "Another process writes this data folder; use the running server or stop it first."),
  LOG_MISSING(
      "AUD-0011",
      ErrorCategory.CALLER,
      "The data folder holds no evidence log; check the path given with --data."),
  LOG_FORMAT(
      "AUD-0012",
      ErrorCategory.CALLER,
      "The evidence log was written in a format that this version does not read."),
  LOG_CORRUPT(
      "AUD-0013",
      ErrorCategory.INTEGRITY,
      "Stored entries do not match their hashes; nothing is appended until the log is verified."),
  LOG_WRITE_FAILED(
      "AUD-0014",
      ErrorCategory.EXTERNAL,
      "The disk refused a write; nothing of the batch was acknowledged, free space and retry."),
  LOG_READ_FAILED(
      "AUD-0015", ErrorCategory.EXTERNAL, "The disk refused a read; check the disk and retry."),
  LOG_CLOSED(
      "AUD-0016", ErrorCategory.CAPACITY, "The log is shutting down; send again after restart."),
  LEAF_OUT_OF_RANGE(
      "AUD-0017", ErrorCategory.CALLER, "There is no entry with this leaf index in the log."),
  PROOF_UNAVAILABLE(
      "AUD-0018",
      ErrorCategory.CAPACITY,
      "No signed checkpoint covers this entry yet; ask again in a second."),
  NOTE_MALFORMED(
      "AUD-0020", ErrorCategory.INTEGRITY, "A checkpoint is not a well-formed signed note."),
  NOTE_UNTRUSTED(
      "AUD-0021",
      ErrorCategory.INTEGRITY,
      "A checkpoint carries no valid signature by the expected key."),
  QUERY_INVALID(
      "AUD-0030", ErrorCategory.CALLER, "The search query cannot be parsed; see the position."),
  INDEX_FAILED(
      "AUD-0031",
      ErrorCategory.EXTERNAL,
      "The search index failed; it can be deleted and is rebuilt from the log."),
  INDEX_GAP(
      "AUD-0032",
      ErrorCategory.INTERNAL,
      "A batch does not follow the last indexed entry; the index must be caught up in order."),
  KEYS_UNREADABLE(
      "AUD-0040",
      ErrorCategory.EXTERNAL,
      "The key store cannot be opened; check file, owner and passphrase."),
  KEY_MISSING("AUD-0041", ErrorCategory.CALLER, "The key store holds no key of this name."),
  BACKUP_EXISTS(
      "AUD-0080",
      ErrorCategory.CALLER,
      "A file of this name is there, or another backup is writing it; choose another name."),
  BACKUP_FAILED(
      "AUD-0081",
      ErrorCategory.EXTERNAL,
      "The backup was not made: a file could not be read, or the target has no room; nothing is"
          + " left of it."),
  BACKUP_DAMAGED(
      "AUD-0082",
      ErrorCategory.INTEGRITY,
      "The backup is not what was written: it was cut short or altered; take another one."),
  BACKUP_HOSTILE(
      "AUD-0083",
      ErrorCategory.INTEGRITY,
      "The backup holds what no backup of ours holds: a path that leads out of the folder, a link,"
          + " a name twice; do not unpack it."),
  BACKUP_FORMAT(
      "AUD-0084",
      ErrorCategory.CALLER,
      "This is no backup, or one that a newer version made; restore it with that version."),
  BACKUP_UNTRUSTED(
      "AUD-0085",
      ErrorCategory.INTEGRITY,
      "The backup is not signed by the key of its log; restore it unsigned only if you know its way."),
  BACKUP_SEALED(
      "AUD-0086",
      ErrorCategory.CALLER,
      "The backup is encrypted and the passphrase is missing or not the right one."),
  RESTORE_FOLDER_USED(
      "AUD-0087",
      ErrorCategory.CALLER,
      "A restore needs an empty folder; choose another one, or empty this one yourself."),
  RESTORE_FAILED(
      "AUD-0088",
      ErrorCategory.EXTERNAL,
      "The disk refused a file of the restore; free space and restore again."),
  RESTORE_UNFINISHED(
      "AUD-0089",
      ErrorCategory.CALLER,
      "A restore into this folder did not come to its end; empty the folder and restore again."),
  LOG_ROLLED_BACK(
      "AUD-0090",
      ErrorCategory.POLICY,
      "The log is a prefix of what was signed: entries are missing; accept the loss to go on."),
  LOG_FORKED(
      "AUD-0091",
      ErrorCategory.INTEGRITY,
      "The log contradicts a checkpoint that its key signed; keep both and call the auditor."),
  BACKUP_KEYS_OPEN(
      "AUD-0092",
      ErrorCategory.POLICY,
      "Keys go into an encrypted backup only; give a passphrase, or leave the keys out.");

  private final String id;
  private final ErrorCategory category;
  private final String meaning;

  AuditErrorCode(String id, ErrorCategory category, String meaning) {
    this.id = id;
    this.category = category;
    this.meaning = meaning;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
