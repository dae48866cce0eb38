// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.citywall.audit.retention.Payloads;
import org.citywall.audit.retention.RetentionLedger;
import org.citywall.audit.retention.RetentionStatement;

/**
 * An evidence log that this process keeps: its keys are at hand and can be changed and destroyed.
 * Safe for use by several threads. The first call about retention may read the log as far as it was
 * not read for that before.
 */
public interface KeptLog extends StoredLog {

  /**
   * Takes another key for the tree whose checkpoints it signs. The change is an entry, signed by
   * the key before and the new one; the first checkpoint that covers it is signed by both, and so
   * are all until the log is opened without the old one. A failure may come after the entry: the
   * log has to be opened again with both keys then.
   *
   * @param next of the same name as the key that it replaces, and never used by this log before
   * @return the leaf of the entry
   */
  long changeKey(NoteSigner next);

  /**
   * Wraps every data key again by the newest version of the key that wraps them, so that older
   * versions can be retired; {@code AUD-0022} where payloads are not sealed.
   *
   * @return how many data keys
   */
  int wrapAgain();

  /** What the log's statements about retention add up to now. */
  RetentionLedger retention();

  /**
   * Appends a statement, in the open; {@code AUD-0120} to {@code AUD-0124} where it would have no
   * effect. {@link #destroy} makes those about destructions that take place.
   *
   * @return the leaf of the entry
   */
  long record(RetentionStatement statement);

  /**
   * Destroys the data keys of payloads, as two persons approved: nobody can read them from then on.
   * The entry that says so comes first; what a failure interrupts is finished by {@link
   * #finishDestructions}. {@code AUD-0120} to {@code AUD-0122} where it is not lawful, {@code
   * AUD-0024} where there is nothing to destroy.
   *
   * @param approval leaf of the approval
   * @return leaf of the entry behind which the keys are gone
   */
  long destroy(long approval);

  /**
   * Finishes destructions that were interrupted.
   *
   * @return how many there were
   */
  int finishDestructions();

  /** What the data keys seal that are not destroyed, oldest month first. */
  List<Payloads> payloads();

  /**
   * How many payloads of each of {@link #payloads} there are. The first call reads the whole log;
   * {@code AUD-0016} where it is closed meanwhile.
   */
  Map<Payloads, Long> countPayloads();

  /** Which payloads are destroyed together with the one of this leaf; {@code AUD-0024} for none. */
  Payloads payloadsOf(long leaf);

  /** Names the leaves whose payload was destroyed by the entry of this leaf, in order. */
  void destroyedBy(long destruction, LongConsumer leaves);
}
