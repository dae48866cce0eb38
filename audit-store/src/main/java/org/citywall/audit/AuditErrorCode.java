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
  ANCHOR_POLICY_INVALID(
      "AUD-0060",
      ErrorCategory.CALLER,
      "The anchor policy does not follow its grammar; correct the line that is named."),
  ANCHOR_CONTRADICTED(
      "AUD-0061",
      ErrorCategory.INTEGRITY,
      "The log does not continue what somebody outside vouched for: it was rolled back or forked."),
  ANCHOR_UNAVAILABLE(
      "AUD-0062",
      ErrorCategory.EXTERNAL,
      "A witness or time-stamping authority gave no usable answer; it is asked again."),
  TOKEN_REFUSED(
      "AUD-0063",
      ErrorCategory.INTEGRITY,
      "A time-stamp token is not about this checkpoint or not by a trusted authority."),
  COSIGNATURE_INVALID(
      "AUD-0064",
      ErrorCategory.INTEGRITY,
      "A cosignature does not verify under the key that the policy names for the witness."),
  WITNESS_ROLLED_BACK(
      "AUD-0065",
      ErrorCategory.INTEGRITY,
      "A witness has forgotten what it cosigned; it must go on under a new key."),
  ANCHOR_STORE_FAILED(
      "AUD-0066",
      ErrorCategory.EXTERNAL,
      "The disk refused an anchor or a copy of the evidence; free space or check the mount."),
  ANCHOR_ANSWER_FOREIGN(
      "AUD-0067",
      ErrorCategory.CALLER,
      "The answer is not about a checkpoint of this log, or holds nothing by a known witness."),
  WITNESS_REQUEST_MALFORMED(
      "AUD-0070", ErrorCategory.CALLER, "This is no add-checkpoint request (C2SP tlog-witness)."),
  WITNESS_STATE_DAMAGED(
      "AUD-0071",
      ErrorCategory.INTEGRITY,
      "The witness's memory is not what it signed; restore it or make a new witness."),
  WITNESS_MISSING(
      "AUD-0072",
      ErrorCategory.CALLER,
      "There is no witness in this folder; make one with 'citywall witness init'."),
  WITNESS_LISTEN_FAILED(
      "AUD-0073",
      ErrorCategory.EXTERNAL,
      "The port of the witness cannot be opened; another process may use it."),
  WITNESS_REFUSED(
      "AUD-0074",
      ErrorCategory.POLICY,
      "The witness does not cosign this checkpoint; the reason is named.");

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
