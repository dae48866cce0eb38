// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.time.Instant;
import java.util.List;

/**
 * A report as it is printed, whatever the format: all text of a Word document and of a PDF.
 *
 * @param running stands at the head of every page
 * @param made when; the only time in the files
 */
record PrintedReport(String title, String running, Instant made, List<Block> blocks) {

  PrintedReport {
    title = printable(title);
    running = printable(running);
    blocks = List.copyOf(blocks);
  }

  /** A part of the page, from top to bottom. */
  sealed interface Block permits Heading, Paragraph, Table {}

  /**
   * A heading; it is never the last line of a page.
   *
   * @param level 1 is the title
   */
  record Heading(String text, int level) implements Block {

    Heading {
      text = printable(text);
    }
  }

  record Paragraph(String text) implements Block {

    Paragraph {
      text = printable(text);
    }
  }

  /**
   * A table whose head stands again on every page.
   *
   * @param columns one per cell of a row
   */
  record Table(List<Column> columns, List<List<String>> rows) implements Block {

    Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(row -> row.stream().map(PrintedReport::printable).toList()).toList();
    }
  }

  /**
   * A column.
   *
   * @param share of the width, relative to those of the other columns; above 0
   */
  record Column(String head, int share) {}

  /** One line of text: white space is a space, and what has no form on paper is left out. */
  private static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isWhitespace(c)) {
                out.append(' ');
              } else if (hasForm(c)) {
                out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static boolean hasForm(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> false;
      default -> true;
    };
  }
}
