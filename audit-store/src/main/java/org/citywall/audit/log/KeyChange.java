// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;

/**
 * The statement by which a log takes another key for one of its trees, signed by the key before and
 * the key after, in an entry of kind CONTROL whose payload stays in the open. The note is {@code
 * event.original} (see the package documentation).
 *
 * @param leaf of the entry that makes the statement
 */
public record KeyChange(VerifierKey before, VerifierKey after, long leaf) {

  /** {@code event.action} of the entry. */
  public static final String ACTION = "log-key-changed";

  private static final String HEADER = "citywall-log-key-change/1";

  /** The entry by which {@code after} takes the place of {@code before}. */
  static Entry entry(NoteSigner before, NoteSigner after, String origin, Instant now, long leaf) {
    KeyChange change = new KeyChange(before.verifierKey(), after.verifierKey(), leaf);
    String text = change.text();
    SignedNote note = new SignedNote(text, List.of(before.plain(text), after.plain(text)));
    Event event =
        LogEvents.builder(origin, now, leaf)
            .put(Field.EVENT_ACTION, ACTION)
            .put(Field.EVENT_ORIGINAL, note.toString().getBytes(StandardCharsets.UTF_8))
            .build();
    return new Entry(EntryKind.CONTROL, event);
  }

  private String text() {
    return HEADER + '\n' + leaf + '\n' + before + '\n' + after + '\n';
  }

  /**
   * The change that an entry announces; empty where it announces none. {@code AUD-0020} or {@code
   * AUD-0021} where it seems to and is not signed by both keys.
   */
  public static Optional<KeyChange> of(EntryKind kind, Event event) {
    byte[] original = event.bytes(Field.EVENT_ORIGINAL);
    if (kind != EntryKind.CONTROL
        || original == null
        || !ACTION.equals(event.text(Field.EVENT_ACTION))) {
      return Optional.empty();
    }
    SignedNote note = SignedNote.parse(new String(original, StandardCharsets.UTF_8));
    KeyChange change = parse(note.text());
    note.requireSignedBy(change.before);
    note.requireSignedBy(change.after);
    return Optional.of(change);
  }

  private static KeyChange parse(String text) {
    String[] lines = text.split("\n", -1);
    try {
      if (lines.length == 5) {
        KeyChange change =
            new KeyChange(
                VerifierKey.parse(lines[2]), VerifierKey.parse(lines[3]), Long.parseLong(lines[1]));
        if (change.text().equals(text)
            && change.before.name().equals(change.after.name())
            && change.before.treeHash() == change.after.treeHash()) {
          return change;
        }
      }
    } catch (NumberFormatException e) {
      throw new PlatformException(AuditErrorCode.NOTE_MALFORMED, "change of key", e);
    }
    throw new PlatformException(AuditErrorCode.NOTE_MALFORMED, "change of key");
  }
}
