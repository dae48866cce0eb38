// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.feed;

/** What of the platform an indicator counts. */
public enum FeedSource {
  /** Tables that the catalogue knows wholly, as a run of checks found them. */
  TABLES_CATALOGUED,
  /** Classified columns with a mask; counts only where none is without. */
  COLUMNS_MASKED,
  /** Sources of logs that were heard and are not silent. */
  SOURCES_HEARD,
  /** Sources of logs without a gap in their numbers. */
  SOURCES_WHOLE,
  /** Graded systems whose assessment is not overdue. */
  SYSTEMS_ASSESSED,
  /** Rectification tasks that were closed by their last day. */
  TASKS_IN_TIME,
  /** Nothing: a person enters the value. */
  MANUAL
}
