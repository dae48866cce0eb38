// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps what it is told in lists, at once or when it is let. */
final class TestRecorder implements Recorder {

  final List<Decision> decisions = Collections.synchronizedList(new ArrayList<>());
  final List<Completion> completions = Collections.synchronizedList(new ArrayList<>());
  final List<BudgetNotice> budgets = Collections.synchronizedList(new ArrayList<>());
  final List<Access> logIns = Collections.synchronizedList(new ArrayList<>());
  final List<String> refusals = Collections.synchronizedList(new ArrayList<>());
  private volatile CompletableFuture<Void> durable = CompletableFuture.completedFuture(null);

  /** What decisions wait for from now on. */
  void waitFor(CompletableFuture<Void> until) {
    durable = until;
  }

  @Override
  public CompletableFuture<Void> decided(Decision decision) {
    decisions.add(decision);
    return durable;
  }

  @Override
  public void completed(Completion completion) {
    completions.add(completion);
  }

  @Override
  public void budget(BudgetNotice notice) {
    budgets.add(notice);
  }

  @Override
  public void loggedIn(Access access) {
    logIns.add(access);
  }

  @Override
  public void refused(String user, String address, String reason) {
    refusals.add(user + ": " + reason);
  }
}
