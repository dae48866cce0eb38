// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.BitSet;
import java.util.Objects;
import org.citywall.audit.subject.SubjectTally;
import org.citywall.audit.subject.Subjects;
import org.jspecify.annotations.Nullable;

/** A statement that runs, or is about to. Confined to the session's event loop. */
final class Execution {

  private final Decision decision;
  private final Recorder recorder;
  private final boolean rewritten;
  private final long begun = System.nanoTime();
  private final Description description;
  private final @Nullable MeteredRows metered;
  private final @Nullable SubjectTally persons;
  private @Nullable SubjectRows subjects;
  private @Nullable Runnable identityChange;
  private boolean ended;
  private long rows;
  private String tag = "";
  private String state = "";

  /**
   * @param metered null where nothing counts its rows
   * @param persons takes whom its rows are about; null where nobody is told apart
   */
  Execution(
      Decision decision,
      Recorder recorder,
      boolean rewritten,
      Description description,
      @Nullable MeteredRows metered,
      @Nullable SubjectTally persons) {
    this.decision = decision;
    this.recorder = recorder;
    this.rewritten = rewritten;
    this.description = description;
    this.metered = metered;
    this.persons = persons;
  }

  /** Notes that it changes who is behind the session, once it has succeeded. */
  void changesIdentity(Runnable act) {
    identityChange = act;
  }

  boolean changesIdentity() {
    return identityChange != null;
  }

  Decision decision() {
    return decision;
  }

  /** Whether what ran is not what the client sent. */
  boolean rewritten() {
    return rewritten;
  }

  /** Of what it returns now. */
  Description description() {
    return description;
  }

  @Nullable MeteredRows metered() {
    return metered;
  }

  /** Whether a grant's cap ended what goes to the client. */
  boolean isCapped() {
    return metered != null && metered.isCapped();
  }

  void sent(int more) {
    rows += more;
  }

  /** Reads whom rows are about that go to the client now. */
  void passing(ByteBuf piece) {
    BitSet places = description.subjects();
    if (persons == null || places.isEmpty()) {
      return;
    }
    SubjectRows reading = subjects;
    if (reading == null || !reading.isOf(places)) {
      reading = new SubjectRows(places, persons);
      subjects = reading;
    }
    reading.take(piece);
  }

  void tag(String done) {
    tag = done;
    Runnable change = identityChange;
    if (change != null) {
      change.run();
    }
  }

  void failed(String sqlState) {
    state = sqlState;
  }

  void end() {
    if (!ended) {
      ended = true;
      if (metered != null) {
        metered.end();
      }
      recorder.completed(
          new Completion(
              decision, tag, rows, state, Duration.ofNanos(System.nanoTime() - begun), persons()));
    }
  }

  private @Nullable Subjects persons() {
    if (persons == null) {
      return null;
    }
    decision.lookUps().stream()
        .map(LookUpTrace::subject)
        .filter(Objects::nonNull)
        .forEach(persons::hash);
    Subjects gathered = persons.gathered();
    return gathered.count() == 0 ? null : gathered;
  }
}
