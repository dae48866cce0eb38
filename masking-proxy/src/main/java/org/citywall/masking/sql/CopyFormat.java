// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

/**
 * How rows of COPY are written (PostgreSQL 18, COPY, file formats). Signs are of one byte each.
 *
 * @param nullText what stands for null, unless it is in quotes
 * @param header whether the first line names the columns
 */
public record CopyFormat(
    Kind kind, char delimiter, char quote, char escape, String nullText, boolean header) {

  /** The three formats. */
  public enum Kind {
    TEXT,
    CSV,
    BINARY
  }
}
