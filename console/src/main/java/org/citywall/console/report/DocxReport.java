// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The report as a Word document (ECMA-376): A4, headings, tables; nothing that runs. */
final class DocxReport {

  private static final String TYPES =
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
      <Default Extension="rels" \
      ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
      <Default Extension="xml" ContentType="application/xml"/>\
      <Override PartName="/word/document.xml" ContentType=\
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>\
      <Override PartName="/word/header1.xml" ContentType=\
      "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>\
      <Override PartName="/word/footer1.xml" ContentType=\
      "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>\
      </Types>\
      """;
  private static final String RELATIONS =
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
      <Relationship Id="rId1" Target="word/document.xml" Type=\
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/>\
      </Relationships>\
      """;

  private static final String PARTS =
      """
      <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
      <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
      <Relationship Id="rId1" Target="header1.xml" Type=\
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"/>\
      <Relationship Id="rId2" Target="footer1.xml" Type=\
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer"/>\
      </Relationships>\
      """;

  /** Between the margins, in twentieths of a point. */
  private static final int TEXT_WIDTH = 8844;

  private static final String NAMESPACES =
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
          + " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

  private final StringBuilder body = new StringBuilder();

  private DocxReport() {}

  static byte[] bytes(PrintedReport report) {
    DocxReport document = new DocxReport();
    document.write(report);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      part(zip, "[Content_Types].xml", TYPES, report.made());
      part(zip, "_rels/.rels", RELATIONS, report.made());
      part(zip, "word/document.xml", document.xml(), report.made());
      part(zip, "word/_rels/document.xml.rels", PARTS, report.made());
      part(zip, "word/header1.xml", header(report), report.made());
      part(zip, "word/footer1.xml", footer(), report.made());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void part(ZipOutputStream zip, String name, String xml, Instant made)
      throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(made.atOffset(ZoneOffset.UTC).toLocalDateTime());
    zip.putNextEntry(entry);
    zip.write(xml.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private void write(PrintedReport report) {
    for (PrintedReport.Block block : report.blocks()) {
      switch (block) {
        case PrintedReport.Heading heading -> heading(heading.text(), size(heading.level()));
        case PrintedReport.Paragraph paragraph -> paragraph(paragraph.text());
        case PrintedReport.Table table -> table(table);
      }
    }
  }

  private static int size(int level) {
    return level == 1 ? 36 : level == 2 ? 28 : 24;
  }

  /** A heading; size in half points. */
  private void heading(String text, int size) {
    body.append("<w:p><w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/></w:pPr>")
        .append(run(text, size, true))
        .append("</w:p>");
  }

  private void paragraph(String text) {
    body.append("<w:p>").append(run(text, 21, false)).append("</w:p>");
  }

  private void table(PrintedReport.Table table) {
    body.append("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:tblBorders>");
    for (String side : List.of("top", "left", "bottom", "right", "insideH", "insideV")) {
      body.append("<w:").append(side).append(" w:val=\"single\" w:sz=\"4\" w:color=\"808080\"/>");
    }
    body.append("</w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>");
    int shares = table.columns().stream().mapToInt(PrintedReport.Column::share).sum();
    List<Integer> widths =
        table.columns().stream().map(column -> TEXT_WIDTH * column.share() / shares).toList();
    widths.forEach(width -> body.append("<w:gridCol w:w=\"").append(width).append("\"/>"));
    body.append("</w:tblGrid>");
    row(table.columns().stream().map(PrintedReport.Column::head).toList(), widths, true);
    table.rows().forEach(row -> row(row, widths, false));
    // Word wants a paragraph between a table and what follows.
    body.append("</w:tbl><w:p/>");
  }

  private void row(List<String> cells, List<Integer> widths, boolean head) {
    body.append("<w:tr><w:trPr><w:cantSplit/>")
        .append(head ? "<w:tblHeader/>" : "")
        .append("</w:trPr>");
    for (int at = 0; at < cells.size(); at++) {
      body.append("<w:tc><w:tcPr><w:tcW w:w=\"")
          .append(widths.get(at))
          .append("\" w:type=\"dxa\"/></w:tcPr><w:p>")
          .append(run(cells.get(at), 18, head))
          .append("</w:p></w:tc>");
    }
    body.append("</w:tr>");
  }

  private static String run(String text, int size, boolean bold) {
    return "<w:r><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" w:eastAsia=\"宋体\"/>"
        + (bold ? "<w:b/>" : "")
        + "<w:sz w:val=\""
        + size
        + "\"/></w:rPr><w:t xml:space=\"preserve\">"
        + escaped(text)
        + "</w:t></w:r>";
  }

  /** XML text; characters that XML 1.0 does not have become U+FFFD. */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.appendCodePoint(isXml(c) ? c : 0xFFFD);
              }
            });
    return out.toString();
  }

  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c <= 0xD7FF
        || c >= 0xE000 && c != 0xFFFE && c != 0xFFFF;
  }

  private static String header(PrintedReport report) {
    return xml("hdr", "<w:p>" + run(report.running(), 14, false) + "</w:p>");
  }

  private static String footer() {
    return xml(
        "ftr",
        "<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>"
            + run("第 ", 14, false)
            + field("PAGE")
            + run(" 页 共 ", 14, false)
            + field("NUMPAGES")
            + run(" 页", 14, false)
            + "</w:p>");
  }

  private static String field(String name) {
    return "<w:fldSimple w:instr=\"" + name + "\">" + run("1", 14, false) + "</w:fldSimple>";
  }

  private static String xml(String element, String inner) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:"
        + element
        + " "
        + NAMESPACES
        + ">"
        + inner
        + "</w:"
        + element
        + ">";
  }

  private String xml() {
    return xml(
        "document",
        "<w:body>"
            + body
            + "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId1\"/>"
            + "<w:footerReference w:type=\"default\" r:id=\"rId2\"/>"
            + "<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"2098\" w:right=\"1474\""
            + " w:bottom=\"1985\" w:left=\"1588\" w:header=\"851\" w:footer=\"992\""
            + " w:gutter=\"0\"/></w:sectPr></w:body>");
  }
}
