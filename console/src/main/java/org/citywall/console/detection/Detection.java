// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.detection;

import java.util.List;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.correlation.AlertUpdate;

/** One life of a detection engine, as the runner sees it; used by one thread. */
public interface Detection extends AutoCloseable {

  /** Takes the next entry in order of leaves and says what it raised or extended. */
  List<AlertUpdate> accept(LoggedEntry entry);

  /** First leaf that a new engine must be fed from to know what this one knows. */
  long replayFrom();

  @Override
  void close();
}
