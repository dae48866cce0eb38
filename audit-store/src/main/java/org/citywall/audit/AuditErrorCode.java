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
      "AUD-0017", ErrorCategory.CALLER, "There is no entry with this leaf index in the log.") {
    @Override
    public int httpStatus() {
      return 404;
    }
  },
  PROOF_UNAVAILABLE(
      "AUD-0018",
      ErrorCategory.CAPACITY,
      "No signed checkpoint covers this entry yet; ask again in a second."),
  PAYLOAD_ABSENT(
      "AUD-0019",
      ErrorCategory.POLICY,
      "The proof holds no payload, which was destroyed or could not be opened; the envelope alone is"
          + " proved."),
  NOTE_MALFORMED(
      "AUD-0020", ErrorCategory.INTEGRITY, "A checkpoint is not a well-formed signed note."),
  NOTE_UNTRUSTED(
      "AUD-0021",
      ErrorCategory.INTEGRITY,
      "A checkpoint carries no valid signature by the expected key."),
  PAYLOAD_SEALED(
      "AUD-0022",
      ErrorCategory.CALLER,
      "Payloads of this log are sealed; open it with the key that wraps its data keys."),
  CHECKPOINT_HALF(
      "AUD-0023",
      ErrorCategory.INTEGRITY,
      "Only one of the two notes of a checkpoint can be seen; verify the log if that persists."),
  DESTRUCTION_REFUSED(
      "AUD-0024",
      ErrorCategory.POLICY,
      "Payloads are destroyed with a reason, by two persons, six months after their month at the"
          + " soonest, and only where there are any."),
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
  WRAPPED_KEY_INVALID(
      "AUD-0042",
      ErrorCategory.INTEGRITY,
      "A wrapped key was altered or was wrapped by another key; restore it from a backup."),
  KEY_RETIRED(
      "AUD-0043",
      ErrorCategory.CALLER,
      "This version of the key was retired and destroyed; use the newest version."),
  VAULT_UNAVAILABLE(
      "AUD-0044",
      ErrorCategory.EXTERNAL,
      "The vault does not answer, is sealed or limits requests; nothing was changed, try again."),
  VAULT_REFUSED(
      "AUD-0045",
      ErrorCategory.EXTERNAL,
      "The vault refuses the request; check our role, its policy and the mounts."),
  SECRET_MISSING(
      "AUD-0046",
      ErrorCategory.CALLER,
      "The secret that is named is absent or empty; correct the name or store the secret."),
  CRYPTO_MACHINE_UNAVAILABLE(
      "AUD-0047",
      ErrorCategory.EXTERNAL,
      "The crypto machine cannot be used; check its library, slot and PIN."),
  SECRET_REFERENCE_INVALID(
      "AUD-0048",
      ErrorCategory.CALLER,
      "The reference to a secret cannot be understood; correct it in the configuration."),
  KEY_REPLACED(
      "AUD-0049",
      ErrorCategory.INTEGRITY,
      "A signature is not by the key it should be by; find out who replaced or restored the key."),
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
      "The witness does not cosign this checkpoint; the reason is named."),
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
      "Keys go into an encrypted backup only; give a passphrase, or leave the keys out."),
  STORE_UNREACHABLE(
      "AUD-0100",
      ErrorCategory.EXTERNAL,
      "The store does not answer; what was not acknowledged is sent again when it is back."),
  STORE_TLS_FAILED(
      "AUD-0101",
      ErrorCategory.EXTERNAL,
      "The store and this client do not accept each other's certificates; check names, authorities"
          + " and dates."),
  STORE_DENIED(
      "AUD-0102",
      ErrorCategory.POLICY,
      "The client's certificate gives it no right to this; ask who keeps the store."),
  STORE_REQUEST_MALFORMED(
      "AUD-0103",
      ErrorCategory.EXTERNAL,
      "The store cannot read the request; it may be of another version than the client."),
  STORE_ANSWER_MALFORMED(
      "AUD-0104",
      ErrorCategory.EXTERNAL,
      "The store's answer cannot be read; it may be of another version than the client."),
  STORE_ROLLED_BACK(
      "AUD-0105",
      ErrorCategory.INTEGRITY,
      "The store has fewer entries than it showed before; it was rolled back or lost some."),
  STORE_FORKED(
      "AUD-0106",
      ErrorCategory.INTEGRITY,
      "The store's tree does not continue what it showed before; keep both checkpoints."),
  STORE_UNSIGNED(
      "AUD-0107",
      ErrorCategory.INTEGRITY,
      "The store gives entries that it does not sign; nothing more is read from it."),
  STORE_LISTEN_FAILED(
      "AUD-0108", ErrorCategory.EXTERNAL, "The store's port cannot be opened; is it in use?"),
  STORE_BUSY("AUD-0109", ErrorCategory.CAPACITY, "The store is at a limit; wait and send again."),
  BATCH_TOO_LARGE(
      "AUD-0110",
      ErrorCategory.CALLER,
      "The batch is larger than the store accepts; send fewer entries at a time."),
  STORE_PATH_UNKNOWN("AUD-0111", ErrorCategory.CALLER, "The store has nothing at this path."),
  STORE_FAILED(
      "AUD-0112", ErrorCategory.INTERNAL, "The store failed at a request; see its own log."),
  RETENTION_TOO_SHORT(
      "AUD-0120",
      ErrorCategory.POLICY,
      "Payloads are kept 180 days and six whole months at least, and as long as the policy in force"
          + " says; wait, or correct the policy."),
  PAYLOADS_HELD(
      "AUD-0121",
      ErrorCategory.POLICY,
      "A legal hold keeps these payloads; two persons have to lift it first."),
  APPROVAL_MISSING(
      "AUD-0122",
      ErrorCategory.POLICY,
      "A second person has to approve, in time; propose again where the time is over."),
  RETENTION_UNKNOWN(
      "AUD-0123",
      ErrorCategory.CALLER,
      "There is no such hold, proposal or approval; show the state of retention."),
  RETENTION_STATEMENT_INVALID(
      "AUD-0124",
      ErrorCategory.CALLER,
      "A person, reason or scope is missing or is not one line of text."),
  PAYLOAD_WITHHELD(
      "AUD-0125",
      ErrorCategory.INTEGRITY,
      "The store calls a payload destroyed and no lawful destruction covers it; verify its log."),
  VERIFICATION_STATE_INVALID(
      "AUD-0130",
      ErrorCategory.CALLER,
      "The file is not the state of a verification, is damaged, or is that of one which was"
          + " interrupted; verify in full and write a new one."),
  VERIFICATION_STATE_OF_ANOTHER_LOG(
      "AUD-0131",
      ErrorCategory.CALLER,
      "The state was written for a log of other keys or fewer trees; name the right file, or verify"
          + " in full."),
  VERIFICATION_STATE_UNWRITABLE(
      "AUD-0132",
      ErrorCategory.EXTERNAL,
      "The state of the verification cannot be written; check path, owner and free space."),
  BUNDLE_FORMAT(
      "AUD-0150",
      ErrorCategory.CALLER,
      "The file is no evidence bundle, or one whose form was damaged; get it again."),
  BUNDLE_VERSION(
      "AUD-0151",
      ErrorCategory.CALLER,
      "The evidence bundle was written in a format that this version does not read."),
  BUNDLE_TOO_LARGE(
      "AUD-0152",
      ErrorCategory.CALLER,
      "An evidence bundle has 50,000 entries and 64 MiB at most; select fewer entries."),
  BUNDLE_SELECTION(
      "AUD-0153",
      ErrorCategory.CALLER,
      "Nothing is selected, a rule names no known field, or a person or reason is not one line of"
          + " text; correct the request."),
  BUNDLE_ELSEWHERE(
      "AUD-0154",
      ErrorCategory.CALLER,
      "An evidence bundle is made where the log is kept; ask the process that has its files.");

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

  @Override
  public int httpStatus() {
    if (this == STORE_REQUEST_MALFORMED) {
      return 400;
    } else if (this == STORE_PATH_UNKNOWN) {
      return 404;
    }
    return this == BATCH_TOO_LARGE ? 413 : ErrorCode.super.httpStatus();
  }
}
