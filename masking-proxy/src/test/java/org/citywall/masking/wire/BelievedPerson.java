// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Whom a client takes to be named, that knows the rules of PostgreSQL's settings. */
final class BelievedPerson {

  private static final String NOBODY = "nobody";

  private record Values(String session, @Nullable String local) {}

  private final Deque<Values> savepoints = new ArrayDeque<>();
  private Values values = new Values(NOBODY, null);
  private Values before = values;
  private boolean open;
  private boolean failed;

  String now() {
    String local = values.local();
    return local == null ? values.session() : local;
  }

  /** A statement ended, well or not. */
  void after(String step, boolean well) {
    if (!well) {
      failed = open;
      return;
    }
    switch (step) {
      case "BEGIN" -> begin();
      case "COMMIT" -> end(!failed);
      case "ROLLBACK" -> end(false);
      case "SAVEPOINT a" -> savepoints.push(values);
      case "RELEASE a" -> savepoints.pop();
      case "ROLLBACK TO a" -> {
        values = savepoints.getFirst();
        failed = false;
      }
      case "high", "low" -> values = new Values(step, null);
      case "high local", "low local" -> {
        if (open) {
          values = new Values(values.session(), step.split(" ", 2)[0]);
        }
      }
      case "phone" -> {
        // it names nobody
      }
      default -> values = new Values(NOBODY, null);
    }
  }

  private void begin() {
    if (!open) {
      open = true;
      before = values;
    }
  }

  private void end(boolean committed) {
    if (open) {
      values = new Values(committed ? values.session() : before.session(), null);
      open = false;
      failed = false;
      savepoints.clear();
    }
  }
}
