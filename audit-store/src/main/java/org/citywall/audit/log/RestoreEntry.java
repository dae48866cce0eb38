// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.Micros;
import org.citywall.audit.event.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * What a log says about its restore, in the first entry behind what was restored. From it on the
 * log may contradict checkpoints of larger sizes that were signed before.
 *
 * @param backup SHA-256 of the backup's list of digests, hexadecimal
 * @param madeAt when the backup was made
 * @param checkpoint the last one of what was restored
 * @param checkpointAt when it was signed; null where its time is not signed
 * @param entries how many entries were restored
 * @param signed whether the backup was signed by the log's key
 * @param compared whether it was compared with a checkpoint that was kept elsewhere
 * @param loss what is known to be missing; null where nothing is known to be
 */
public record RestoreEntry(
    String backup,
    Instant madeAt,
    Checkpoint checkpoint,
    @Nullable Instant checkpointAt,
    long entries,
    boolean signed,
    boolean compared,
    @Nullable Loss loss) {

  /** Name of the source of such entries. */
  public static final String SOURCE = "citywall/restore";

  private static final String ACTION = "log-restored";
  private static final String LABEL = "restore.";
  private static final String SIGNED_AT = LABEL + "checkpoint.signed";

  /**
   * Entries that were signed and are not in the backup.
   *
   * @param expected the checkpoint that was kept: void from here on, and named so that whoever
   *     meets it finds the reason
   * @param missing number of entries
   * @param proved whether consistency with it was proved
   */
  public record Loss(Checkpoint expected, long missing, boolean proved) {}

  /** As an entry of kind CONTROL, which detection does not read. */
  public Entry toEntry(Instant now) {
    Event.Builder event =
        Event.builder(new SourcePosition(SOURCE, Micros.of(now), 1), now, now)
            .put(Field.EVENT_KIND, "event")
            .put(Field.EVENT_PROVIDER, "citywall")
            .put(Field.EVENT_ACTION, ACTION)
            .put(Field.MESSAGE, message())
            .label(LABEL + "backup", backup)
            .label(LABEL + "backup.made", madeAt.toString())
            .label(LABEL + "backup.signed", Boolean.toString(signed))
            .label(LABEL + "checkpoint.size", Long.toString(checkpoint.size()))
            .label(LABEL + "checkpoint.root", checkpoint.root().hex())
            .label(LABEL + "entries", Long.toString(entries))
            .label(LABEL + "compared", Boolean.toString(compared));
    if (checkpointAt != null) {
      event.label(SIGNED_AT, checkpointAt.toString());
    }
    if (loss != null) {
      event
          .label(LABEL + "missing", Long.toString(loss.missing()))
          .label(LABEL + "missing.proved", Boolean.toString(loss.proved()))
          .label(LABEL + "void.checkpoint", loss.expected().note());
    }
    return new Entry(EntryKind.CONTROL, event.build());
  }

  private String message() {
    String lost =
        loss != null
            ? loss.missing() + " signed entries are missing"
            : compared ? "nothing is missing" : "what is missing is not known";
    return "restored with " + entries + " entries from a backup of " + madeAt + "; " + lost;
  }

  /** Whether this entry tells of a restore. */
  public static boolean is(LoggedEntry entry) {
    return entry.kind() == EntryKind.CONTROL
        && entry.event().position().source().equals(SOURCE)
        && ACTION.equals(entry.event().text(Field.EVENT_ACTION));
  }

  /** When the last checkpoint of what was restored had been signed. */
  public static Optional<Instant> signedAt(Event event) {
    try {
      return Optional.ofNullable(event.labels().get(SIGNED_AT)).map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
