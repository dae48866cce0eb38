// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.scorecard;

import java.util.Optional;
import org.citywall.compliance.feed.Counted;
import org.citywall.compliance.feed.FeedSource;
import org.citywall.compliance.feed.IndexPeriod;

/** Counts what feeds of the index ask for. */
public interface IndexCounts {

  /** What there is of this source in the period; empty where the platform cannot tell. */
  Optional<Counted> count(FeedSource source, IndexPeriod period);
}
