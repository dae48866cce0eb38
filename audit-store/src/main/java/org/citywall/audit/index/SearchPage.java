// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index;

import java.util.List;

/**
 * One page of hits.
 *
 * @param total matching events; a lower bound where {@code totalIsExact} is false
 * @param asOfLeaf the search saw every leaf below this one
 */
public record SearchPage(List<SearchHit> hits, long total, boolean totalIsExact, long asOfLeaf) {

  public SearchPage {
    hits = List.copyOf(hits);
  }
}
