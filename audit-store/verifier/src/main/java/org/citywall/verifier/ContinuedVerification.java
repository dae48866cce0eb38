// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.verifier;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.verify.LogVerifier;
import org.citywall.audit.log.verify.Progress;
import org.citywall.audit.log.verify.StateSaving;
import org.citywall.audit.log.verify.VerificationReport;
import org.citywall.audit.log.verify.VerificationState;
import org.jspecify.annotations.Nullable;

/** A full verification between two files of state: where it goes on from, and what it leaves. */
final class ContinuedVerification {

  private static final long SAVE_ENTRIES = 2_000_000;
  private static final Duration SAVE_INTERVAL = Duration.ofSeconds(10);

  private final LogVerifier verifier;
  private final @Nullable Path since;
  private final @Nullable Path state;
  private final PrintWriter err;
  private boolean finished;

  /**
   * @param since state to go on from, or null
   * @param state state to write, and to go on from where it is that of an interrupted verification
   * @param err is told of what goes on from where
   */
  ContinuedVerification(
      LogVerifier verifier, @Nullable Path since, @Nullable Path state, PrintWriter err) {
    this.verifier = verifier;
    this.since = since;
    this.state = state;
    this.err = err;
  }

  VerificationReport run(Progress progress) {
    VerificationState from = interrupted();
    if (from == null && since != null) {
      from = VerificationState.read(since);
      if (!from.isFinished()) {
        throw new PlatformException(
            AuditErrorCode.VERIFICATION_STATE_INVALID,
            since + " is of a verification that was interrupted; finish it with --state " + since);
      }
    }
    if (from != null) {
      verifier.continuing(from);
    }
    if (state != null) {
      verifier.saving(new StateSaving(this::keep, SAVE_ENTRIES, SAVE_INTERVAL, Clock.systemUTC()));
    }
    VerificationReport report = verifier.full(progress);
    if (state != null && !finished) {
      forget(state);
    }
    return report;
  }

  /** The state of a verification with the same aim that did not come to its end, or null. */
  private @Nullable VerificationState interrupted() {
    if (state == null || !Files.exists(state)) {
      return null;
    }
    VerificationState found = VerificationState.read(state);
    if (found.isFinished() || found.isIncremental() != (since != null)) {
      return null;
    }
    err.printf(
        Locale.ROOT,
        "going on with a verification that was interrupted behind %d entries%n",
        found.entries());
    return found;
  }

  private void keep(VerificationState found) {
    if (state != null) {
      found.write(state);
      finished = found.isFinished();
    }
  }

  /** What an interruption left behind must not be taken for the end of this one. */
  private void forget(Path file) {
    err.println("no state was written: the records do not lead to the last checkpoint");
    try {
      if (Files.exists(file) && !VerificationState.read(file).isFinished()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new PlatformException(AuditErrorCode.VERIFICATION_STATE_UNWRITABLE, file.toString(), e);
    }
  }
}
