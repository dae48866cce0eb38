// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.time.Duration;

/**
 * Bounds of what the store takes and gives.
 *
 * @param requestBytes longest body of an append
 * @param requestEntries most entries of an append
 * @param waitingBytes bodies of all appends under way together; at least {@code requestBytes}
 * @param answerBytes stored bytes after which an answer ends, so that it is at most one entry
 *     longer
 * @param answerEntries most entries in an answer
 * @param working requests under way that do not wait for entries
 * @param waiting requests that wait for entries
 * @param longestWait longest time such a request waits; shorter than {@code exchange}
 * @param exchange time from the first byte of a request to the last of its answer, at which the
 *     connection is closed
 */
public record StoreLimits(
    int requestBytes,
    int requestEntries,
    int waitingBytes,
    int answerBytes,
    int answerEntries,
    int working,
    int waiting,
    Duration longestWait,
    Duration exchange) {

  /** 32 MiB and 65,536 entries in, 64 MiB under way, 1 MiB out; 64 work, 256 wait; 20 s, 30 s. */
  public static final StoreLimits DEFAULT =
      new StoreLimits(
          32 << 20,
          1 << 16,
          64 << 20,
          1 << 20,
          10_000,
          64,
          256,
          Duration.ofSeconds(20),
          Duration.ofSeconds(30));

  public StoreLimits {
    require(requestBytes > 0 && requestBytes <= waitingBytes, "requestBytes");
    require(requestEntries > 0 && answerEntries > 0 && answerBytes > 0, "entries");
    require(working > 0 && waiting > 0, "working and waiting");
    require(longestWait.compareTo(exchange) < 0 && !longestWait.isNegative(), "longestWait");
  }

  public StoreLimits withTimes(Duration wait, Duration whole) {
    return new StoreLimits(
        requestBytes,
        requestEntries,
        waitingBytes,
        answerBytes,
        answerEntries,
        working,
        waiting,
        wait,
        whole);
  }

  public StoreLimits withRequest(int bytes, int entries) {
    return new StoreLimits(
        bytes,
        entries,
        Math.max(bytes, waitingBytes),
        answerBytes,
        answerEntries,
        working,
        waiting,
        longestWait,
        exchange);
  }

  public StoreLimits withAnswer(int bytes, int entries) {
    return new StoreLimits(
        requestBytes,
        requestEntries,
        waitingBytes,
        bytes,
        entries,
        working,
        waiting,
        longestWait,
        exchange);
  }

  public StoreLimits withConcurrency(int work, int wait) {
    return new StoreLimits(
        requestBytes,
        requestEntries,
        waitingBytes,
        answerBytes,
        answerEntries,
        work,
        wait,
        longestWait,
        exchange);
  }

  private static void require(boolean holds, String limit) {
    if (!holds) {
      throw new IllegalArgumentException(limit + " is out of range");
    }
  }
}
