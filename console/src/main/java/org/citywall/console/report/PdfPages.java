// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import org.citywall.console.report.PrintedReport.Block;
import org.citywall.console.report.PrintedReport.Column;
import org.citywall.console.report.PrintedReport.Heading;
import org.citywall.console.report.PrintedReport.Paragraph;
import org.citywall.console.report.PrintedReport.Table;

/**
 * Sets a printed report on A4 pages; lengths are points. A row stays on one page unless it is
 * higher than one; heads of tables that stand again, and what is above and below the text, are
 * marked as artifacts, so that extracted text has each word once.
 */
final class PdfPages implements AutoCloseable {

  private static final float SIDE = 48;
  private static final float TOP = 76;
  private static final float BOTTOM = 58;
  private static final float BODY = 10;
  private static final float CELL = 8;
  private static final float RUNNING = 7;
  private static final float LEADING = 1.4f;
  private static final float PAD = 3;

  /** What a heading wants below itself on its page. */
  private static final float COMPANY = 64;

  private static final float STROKE = 0.3f;
  private static final float GREY = 0.93f;

  private final PDDocument document;
  private final PDFont font;
  private final PdfText text;
  private PDPageContentStream out;
  private float y;

  PdfPages(PDDocument document, PDFont font, PdfText text) throws IOException {
    this.document = document;
    this.font = font;
    this.text = text;
    this.out = page();
  }

  private PDPageContentStream page() throws IOException {
    PDPage page = new PDPage(PDRectangle.A4);
    document.addPage(page);
    y = PDRectangle.A4.getHeight() - TOP;
    PDPageContentStream stream = new PDPageContentStream(document, page);
    stream.setLineWidth(0.5f);
    stream.setStrokingColor(0.5f);
    return stream;
  }

  private void nextPage() throws IOException {
    out.close();
    out = page();
  }

  private static float width() {
    return PDRectangle.A4.getWidth() - 2 * SIDE;
  }

  private float left() {
    return y - BOTTOM;
  }

  void add(Block block) throws IOException {
    switch (block) {
      case Heading heading -> heading(heading);
      case Paragraph paragraph -> paragraph(paragraph.text(), BODY, false);
      case Table table -> table(table);
    }
  }

  private void heading(Heading heading) throws IOException {
    float size = heading.level() == 1 ? 17 : heading.level() == 2 ? 12.5f : 10.5f;
    int count = text.lines(heading.text(), width(), size).size();
    if (left() < count * size * LEADING + size + COMPANY) {
      nextPage();
    } else {
      y -= size * 0.7f;
    }
    paragraph(heading.text(), size, true);
    y -= size * 0.2f;
  }

  private void paragraph(String words, float size, boolean bold) throws IOException {
    for (String line : text.lines(words, width(), size)) {
      if (left() < size * LEADING) {
        nextPage();
      }
      show(line, SIDE, y - size, size, bold);
      y -= size * LEADING;
    }
    y -= size * 0.3f;
  }

  private void show(String line, float x, float base, float size, boolean bold) throws IOException {
    out.beginText();
    out.setFont(font, size);
    // One file has no bold: the outline is drawn too.
    out.setRenderingMode(bold ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
    if (bold) {
      out.setStrokingColor(0f);
      out.setLineWidth(STROKE);
    }
    out.newLineAtOffset(x, base);
    out.showText(line);
    out.endText();
    if (bold) {
      out.setStrokingColor(0.5f);
      out.setLineWidth(0.5f);
    }
  }

  private void table(Table table) throws IOException {
    float[] widths = widths(table.columns());
    List<List<String>> head = cells(table.columns().stream().map(Column::head).toList(), widths);
    float headHeight = height(head);
    if (left() < headHeight + COMPANY / 2) {
      nextPage();
    }
    row(head, widths, true);
    for (List<String> row : table.rows()) {
      List<List<String>> rest = cells(row, widths);
      float page = PDRectangle.A4.getHeight() - TOP - BOTTOM - headHeight;
      if (height(rest) > left() && (height(rest) <= page || left() < COMPANY)) {
        again(head, widths);
      }
      while (height(rest) > left()) {
        int fits = (int) ((left() - 2 * PAD) / (CELL * LEADING));
        row(rest.stream().map(c -> c.subList(0, Math.min(fits, c.size()))).toList(), widths, false);
        rest = rest.stream().map(c -> c.subList(Math.min(fits, c.size()), c.size())).toList();
        again(head, widths);
      }
      row(rest, widths, false);
    }
    y -= BODY;
  }

  private void again(List<List<String>> head, float[] widths) throws IOException {
    nextPage();
    out.beginMarkedContent(COSName.ARTIFACT);
    row(head, widths, true);
    out.endMarkedContent();
  }

  private static float[] widths(List<Column> columns) {
    float all = columns.stream().mapToInt(Column::share).sum();
    float[] widths = new float[columns.size()];
    IntStream.range(0, widths.length)
        .forEach(at -> widths[at] = width() * columns.get(at).share() / all);
    return widths;
  }

  private List<List<String>> cells(List<String> row, float[] widths) {
    List<List<String>> cells = new ArrayList<>();
    for (int at = 0; at < widths.length; at++) {
      cells.add(text.lines(row.get(at), widths[at] - 2 * PAD, CELL));
    }
    return cells;
  }

  private static float height(List<List<String>> cells) {
    int lines = cells.stream().mapToInt(List::size).max().orElse(1);
    return Math.max(1, lines) * CELL * LEADING + 2 * PAD;
  }

  private void row(List<List<String>> cells, float[] widths, boolean head) throws IOException {
    float height = height(cells);
    float x = SIDE;
    for (int at = 0; at < widths.length; at++) {
      box(x, height, widths[at], head);
      float base = y - PAD - CELL;
      for (String line : cells.get(at)) {
        if (!line.isEmpty()) {
          show(line, x + PAD, base, CELL, head);
        }
        base -= CELL * LEADING;
      }
      x += widths[at];
    }
    y -= height;
  }

  private void box(float x, float height, float width, boolean head) throws IOException {
    if (head) {
      out.setNonStrokingColor(GREY);
      out.addRect(x, y - height, width, height);
      out.fill();
      out.setNonStrokingColor(0f);
    }
    out.addRect(x, y - height, width, height);
    out.stroke();
  }

  /** Closes the last page and writes head and number on each. */
  void number(String running) throws IOException {
    out.close();
    int count = document.getNumberOfPages();
    List<String> head = text.lines(running, width(), RUNNING);
    for (int at = 0; at < count; at++) {
      PDPage page = document.getPage(at);
      out = new PDPageContentStream(document, page, AppendMode.APPEND, true, true);
      out.beginMarkedContent(COSName.ARTIFACT);
      float base = PDRectangle.A4.getHeight() - TOP / 2;
      for (String line : head) {
        show(line, SIDE, base, RUNNING, false);
        base -= RUNNING * LEADING;
      }
      out.setStrokingColor(0.5f);
      out.setLineWidth(0.5f);
      out.moveTo(SIDE, base + RUNNING / 2);
      out.lineTo(SIDE + width(), base + RUNNING / 2);
      out.stroke();
      String number = "第 " + (at + 1) + " 页 共 " + count + " 页";
      float x = SIDE + (width() - (float) text.width(number, RUNNING)) / 2;
      show(number, x, BOTTOM / 2, RUNNING, false);
      out.endMarkedContent();
      out.close();
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
