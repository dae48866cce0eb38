// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.store;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of C2SP tlog-tiles in its one spelling.
 *
 * @param level level of a tile, or {@link #ENTRIES} for a bundle of entries
 * @param number index within the level
 * @param width 1..256
 */
record TilePath(int level, long number, int width) {

  static final int ENTRIES = -1;
  static final int FULL = 256;

  private static final Pattern PATH =
      Pattern.compile(
          "/tile/(entries|0|[1-9]|[1-5][0-9]|6[0-3])"
              + "/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?");

  static Optional<TilePath> parse(String path) {
    Matcher matcher = PATH.matcher(path);
    // A leading group of zeros would be a second spelling of the same tile.
    if (!matcher.matches() || matcher.group(2).startsWith("x000/")) {
      return Optional.empty();
    }
    String width = matcher.group(3);
    TilePath parsed =
        new TilePath(
            matcher.group(1).equals("entries") ? ENTRIES : Integer.parseInt(matcher.group(1)),
            Long.parseLong(matcher.group(2).replaceAll("[x/]", "")),
            width == null ? FULL : Integer.parseInt(width));
    return width != null && parsed.width >= FULL ? Optional.empty() : Optional.of(parsed);
  }
}
