// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.backup;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Checkpoint;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup says about itself, {@code manifest.json} in it.
 *
 * @param format 1
 * @param program version of the program that made it
 * @param madeAt when its making began
 * @param running whether a server was running meanwhile
 * @param origin name of the log
 * @param key vkey that signs its checkpoints
 * @param checkpoint note of the last checkpoint in it
 * @param signedEntries entries that this checkpoint covers
 * @param entries entries in it, at least as many as are signed
 * @param newestEntry when the last entry was received; null in an empty log
 * @param state where the console's state is: {@code included}, {@code none}, or what to do
 * @param keys whether the keys are in it
 * @param needed what is needed beside it to go on with the log
 * @param leftOut folders and files that are not in it
 * @param members what follows, in this order
 */
public record BackupManifest(
    int format,
    String program,
    Instant madeAt,
    boolean running,
    String origin,
    String key,
    String checkpoint,
    long signedEntries,
    long entries,
    @Nullable Instant newestEntry,
    String state,
    boolean keys,
    List<String> needed,
    List<String> leftOut,
    List<Member> members) {

  public static final int FORMAT = 1;

  /** The console's state is in the backup. */
  public static final String STATE_INCLUDED = "included";

  /** The data folder has no state of a console. */
  public static final String STATE_NONE = "none";

  static final int MAX_BYTES = 32 << 20;
  private static final long MAX_MEMBER_BYTES = 1L << 50;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  /** A member and its length in bytes. */
  public record Member(String name, long bytes) {}

  public BackupManifest {
    needed = List.copyOf(needed);
    leftOut = List.copyOf(leftOut);
    members = List.copyOf(members);
  }

  /** Bytes of all members. */
  public long bytes() {
    return members.stream().mapToLong(Member::bytes).sum();
  }

  byte[] encode() {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /** Reads a manifest; {@code AUD-0084} for other formats, else refuses what is none. */
  static BackupManifest decode(byte[] bytes) {
    BackupManifest manifest;
    try {
      int format = JSON.readTree(bytes).path("format").asInt(0);
      if (format != FORMAT) {
        throw new PlatformException(AuditErrorCode.BACKUP_FORMAT, "format " + format);
      }
      manifest = JSON.readValue(bytes, BackupManifest.class);
    } catch (JacksonException | NullPointerException e) {
      // A list that is missing makes the constructor fail.
      throw new PlatformException(AuditErrorCode.BACKUP_DAMAGED, "manifest", e);
    }
    manifest.requireSafeMembers();
    return manifest;
  }

  private void requireSafeMembers() {
    Set<String> names = new HashSet<>();
    for (Member member : members) {
      if (!MemberName.isAllowed(member.name())
          || member.bytes() < 0
          || member.bytes() > MAX_MEMBER_BYTES) {
        throw hostile("a member that no backup has");
      }
      if (!names.add(member.name())) {
        throw hostile(member.name() + " is in it twice");
      }
    }
  }

  /** The checkpoint as it stands in the manifest, not yet trusted. */
  public Checkpoint parsedCheckpoint() {
    return Checkpoint.parse(checkpoint);
  }

  private static PlatformException hostile(String what) {
    return new PlatformException(AuditErrorCode.BACKUP_HOSTILE, what);
  }
}
