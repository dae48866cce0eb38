// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.account;

import java.time.Duration;

/**
 * When failed log-ins lock out. An address is allowed more than an account, because an office often
 * stands behind one address and must not be locked out by one of its people.
 *
 * @param accountFailures failures within {@code window} that lock an account
 * @param addressFailures failures within {@code window} that lock an address, over all accounts
 * @param window how long failures are counted together
 * @param duration how long a lock lasts
 * @param attemptsPerMinute attempts that an address may make, right or wrong
 * @param addresses addresses that are remembered; beyond that the longest unseen is forgotten
 */
public record LockOutPolicy(
    int accountFailures,
    int addressFailures,
    Duration window,
    Duration duration,
    int attemptsPerMinute,
    int addresses) {

  public static final LockOutPolicy STANDARD =
      new LockOutPolicy(5, 20, Duration.ofMinutes(15), Duration.ofMinutes(15), 60, 10_000);
}
