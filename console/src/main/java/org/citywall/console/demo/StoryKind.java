// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

/** The planted stories, and whether detection must find them. */
public enum StoryKind {
  /** Engineer of a vendor with an expired agreement walks through residents' rows at night. */
  EXPIRED_AGREEMENT_WALK(true),
  /** Analyst exports over the limit without a ticket. */
  BULK_EXPORT(true),
  /** Analyst exports as much with a valid ticket. */
  LICENSED_EXPORT(false),
  /** A database's audit source falls silent for 40 minutes. */
  SILENT_SOURCE(true),
  /** Passwords are guessed over ssh from outside until one fits. */
  BRUTE_FORCE(true),
  /** A service account moves whole tables, as every night. */
  NIGHTLY_BATCH(false),
  /** An outsourced engineer repairs something at night with an on-call ticket. */
  ON_CALL_REPAIR(false),
  /** A person mistypes a password four times and then gets it right. */
  MISTYPED_PASSWORD(false);

  private final boolean alert;

  StoryKind(boolean alert) {
    this.alert = alert;
  }

  /** Whether an alert is due; the others look alike and must stay quiet. */
  public boolean alert() {
    return alert;
  }
}
