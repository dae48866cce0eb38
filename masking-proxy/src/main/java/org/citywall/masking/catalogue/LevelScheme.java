// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import java.util.List;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.yaml.YamlValue;

/**
 * By which levels data are graded: a document of a province, a city or an enterprise.
 *
 * @param id for example {@code zhejiang-4}
 * @param source the document
 * @param confirmed whether the names were checked against the document itself
 * @param levels from the least sensitive, numbered from 1
 * @param highestClearance the most that a person may be cleared for; levels above it are shown to
 *     nobody as they are, but by a grant up to the next one
 * @param highestGrant the highest level that a grant may show
 */
public record LevelScheme(
    String id,
    String source,
    boolean confirmed,
    List<Level> levels,
    int highestClearance,
    int highestGrant) {

  public LevelScheme {
    levels = List.copyOf(levels);
    if (levels.isEmpty()
        || highestClearance < 0
        || highestClearance > levels.size()
        || highestGrant < highestClearance
        || highestGrant > levels.size()) {
      throw new IllegalArgumentException("a scheme has levels, and clearances up to its highest");
    }
  }

  /** Number of the most sensitive level. */
  public int highest() {
    return levels.size();
  }

  /** The level that a value names, or {@code MSK-0086}. */
  int read(YamlValue value) {
    return read(value, 1, highest(), "level");
  }

  /**
   * The clearance that a value names: 0 for one who may see nothing graded, or {@code MSK-0086}.
   */
  public int readClearance(YamlValue value) {
    return read(value, 0, highestClearance, "clearance");
  }

  private int read(YamlValue value, int least, int most, String what) {
    int number = value.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (number < least || number > most) {
      throw value.mistake(
          MaskingErrorCode.LEVEL_UNKNOWN,
          "in " + id + " a " + what + " is " + least + " to " + most);
    }
    return number;
  }
}
