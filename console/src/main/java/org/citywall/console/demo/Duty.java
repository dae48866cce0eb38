// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

/** What a person's work is, which decides what the person does all day. */
public enum Duty {
  /** Looks up and amends single records at a counter or desk. */
  CLERK,
  /** Counts and compares, sometimes exports. */
  ANALYST,
  /** Runs hosts: ssh, sudo. */
  OPERATOR,
  /** A program that moves data at night. */
  BATCH
}
