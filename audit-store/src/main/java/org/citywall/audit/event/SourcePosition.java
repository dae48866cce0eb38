// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

/**
 * Where an event stands in the stream of its source: the proof of completeness. Within one epoch
 * the sequence starts at 1 and grows by 1; a restart of the source begins a higher epoch.
 *
 * @param source stable name of the source, for example {@code syslog-tls/gw-01}
 * @param epoch incarnation of the source, not negative; microseconds of its start is a good choice
 * @param sequence position within the epoch, from 1
 */
public record SourcePosition(String source, long epoch, long sequence) {

  public SourcePosition {
    if (source.isEmpty()) {
      throw new IllegalArgumentException("source must not be empty");
    }
    if (epoch < 0 || sequence < 1) {
      throw new IllegalArgumentException("epoch " + epoch + ", sequence " + sequence);
    }
  }
}
