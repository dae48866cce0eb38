// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.intake;

/**
 * A connection of a source, as far as the order of what it brings matters: what comes over one
 * channel was sent in that order, what comes over two was not. Made by {@link Intake#open}, and to
 * be given back by {@link Intake#ended}. For one thread at a time.
 */
public final class Channel {

  private final SourceState source;

  Channel(SourceState source) {
    this.source = source;
  }

  /** Name of the source, for positions of its events. */
  public String source() {
    return source.name;
  }

  SourceState state() {
    return source;
  }
}
