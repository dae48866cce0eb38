// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import java.util.List;

/**
 * Which items belong together: each link joins items of any catalogues.
 *
 * @param joins what the items of a link have in common
 */
public record Mapping(
    String id, int version, Wording title, Joins joins, String source, List<Link> links) {

  /** What the items of a link have in common. */
  public enum Joins {
    /** One piece of evidence speaks to all of them; each is judged by itself. */
    EVIDENCE,
    /** They ask for the same in the same words: a check of one is a check of all. */
    REQUIREMENT
  }

  public Mapping {
    links = List.copyOf(links);
  }

  /**
   * Items that belong together.
   *
   * @param evidence what speaks to all of them, or what they all require
   * @param items at least two
   */
  public record Link(String id, Wording evidence, List<ItemRef> items) {

    public Link {
      items = List.copyOf(items);
    }
  }
}
