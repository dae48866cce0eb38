// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.log;

import java.time.Duration;

/**
 * How a log is kept.
 *
 * @param segmentBytes size at which a segment file is closed and the next begun, 64 KiB..1 GiB
 * @param maxPayloadBytes largest canonical event that is accepted, 1 KiB..16 MiB
 * @param recentIds how many client ids are remembered at least, 1..2^22; twice as many at most
 * @param checkpointInterval shortest time between two checkpoints under load
 * @param silenceInterval longest time without a checkpoint, so that silence is signed too
 * @param stateInterval shortest time between two snapshots of derived state
 * @param cipher by which payloads are sealed, where the log is opened with a key for that
 * @param groups whose payloads share a data key
 */
public record LogOptions(
    int segmentBytes,
    int maxPayloadBytes,
    int recentIds,
    Duration checkpointInterval,
    Duration silenceInterval,
    Duration stateInterval,
    PayloadCipher cipher,
    SubjectGroups groups) {

  public LogOptions {
    require(segmentBytes >= 1 << 16 && segmentBytes <= 1 << 30, "segmentBytes");
    require(maxPayloadBytes >= 1 << 10 && maxPayloadBytes <= 1 << 24, "maxPayloadBytes");
    require(recentIds >= 1 && recentIds <= 1 << 22, "recentIds");
    require(!checkpointInterval.isNegative(), "checkpointInterval");
    require(silenceInterval.isPositive(), "silenceInterval");
    require(!stateInterval.isNegative(), "stateInterval");
  }

  /** With AES-256-GCM under keys by department. */
  public LogOptions(
      int segmentBytes,
      int maxPayloadBytes,
      int recentIds,
      Duration checkpointInterval,
      Duration silenceInterval,
      Duration stateInterval) {
    this(
        segmentBytes,
        maxPayloadBytes,
        recentIds,
        checkpointInterval,
        silenceInterval,
        stateInterval,
        PayloadCipher.AES_256_GCM,
        SubjectGroups.byDepartment());
  }

  /** 128 MiB segments, 1 MiB payloads, 2^19 ids, checkpoints each 1 s to 10 min. */
  public static LogOptions defaults() {
    return new LogOptions(
        128 << 20,
        1 << 20,
        1 << 19,
        Duration.ofSeconds(1),
        Duration.ofMinutes(10),
        Duration.ofSeconds(30));
  }

  public LogOptions withSegmentBytes(int bytes) {
    return new LogOptions(
        bytes,
        maxPayloadBytes,
        recentIds,
        checkpointInterval,
        silenceInterval,
        stateInterval,
        cipher,
        groups);
  }

  public LogOptions withRecentIds(int ids) {
    return new LogOptions(
        segmentBytes,
        maxPayloadBytes,
        ids,
        checkpointInterval,
        silenceInterval,
        stateInterval,
        cipher,
        groups);
  }

  public LogOptions withIntervals(Duration checkpoint, Duration silence, Duration state) {
    return new LogOptions(
        segmentBytes, maxPayloadBytes, recentIds, checkpoint, silence, state, cipher, groups);
  }

  public LogOptions withCipher(PayloadCipher other) {
    return new LogOptions(
        segmentBytes,
        maxPayloadBytes,
        recentIds,
        checkpointInterval,
        silenceInterval,
        stateInterval,
        other,
        groups);
  }

  public LogOptions withGroups(SubjectGroups other) {
    return new LogOptions(
        segmentBytes,
        maxPayloadBytes,
        recentIds,
        checkpointInterval,
        silenceInterval,
        stateInterval,
        cipher,
        other);
  }

  private static void require(boolean holds, String option) {
    if (!holds) {
      throw new IllegalArgumentException(option + " is out of range");
    }
  }
}
