// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDEmbeddedFilesNameTreeNode;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.color.PDOutputIntent;

/**
 * The report as PDF with the JSON report of the same moment attached as {@code report.json}. The
 * font is embedded as far as it is used. It is laid out as PDF/A-3b asks (output intent, XMP,
 * attachment with its relation). The same report gives the same bytes.
 */
final class PdfReport {

  private static final String SRGB = "sRGB IEC61966-2.1";
  private static final String PRODUCER = "Citywall";

  private PdfReport() {}

  /**
   * The bytes; {@code CON-0050} without a font, {@code CON-0051} where it lacks a character.
   *
   * @param json to attach
   */
  static byte[] bytes(PrintedReport report, byte[] json, ReportFont fonts) {
    try (TrueTypeFont file = fonts.open();
        PDDocument document = new PDDocument()) {
      document.setDocumentId(report.made().toEpochMilli());
      PdfText text = new PdfText(file);
      PDType0Font font = PDType0Font.load(document, file, true);
      try (PdfPages pages = new PdfPages(document, font, text)) {
        // Measured before a glyph is drawn, so that a missing one has our error and not PDFBox's.
        require(report, text);
        for (PrintedReport.Block block : report.blocks()) {
          pages.add(block);
        }
        pages.number(report.running());
      }
      describe(document, report);
      attach(document, json, report);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.save(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void require(PrintedReport report, PdfText text) {
    text.width("第 0123456789 页 共" + report.running(), 1);
    for (PrintedReport.Block block : report.blocks()) {
      switch (block) {
        case PrintedReport.Heading heading -> text.width(heading.text(), 1);
        case PrintedReport.Paragraph paragraph -> text.width(paragraph.text(), 1);
        case PrintedReport.Table table -> {
          table.columns().forEach(column -> text.width(column.head(), 1));
          table.rows().forEach(row -> row.forEach(cell -> text.width(cell, 1)));
        }
      }
    }
    text.requireGlyphs();
  }

  private static void describe(PDDocument document, PrintedReport report) throws IOException {
    PDDocumentInformation information = document.getDocumentInformation();
    information.setTitle(report.title());
    information.setProducer(PRODUCER);
    information.setCreationDate(calendar(report));
    PDMetadata metadata = new PDMetadata(document);
    metadata.importXMPMetadata(xmp(report).getBytes(StandardCharsets.UTF_8));
    document.getDocumentCatalog().setMetadata(metadata);
    document.getDocumentCatalog().setLanguage("zh-CN");
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    PDOutputIntent intent = new PDOutputIntent(document, new ByteArrayInputStream(profile));
    intent.setInfo(SRGB);
    intent.setOutputCondition(SRGB);
    intent.setOutputConditionIdentifier(SRGB);
    intent.setRegistryName("http://www.color.org");
    document.getDocumentCatalog().addOutputIntent(intent);
  }

  private static Calendar calendar(PrintedReport report) {
    Calendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    calendar.setTimeInMillis(report.made().getEpochSecond() * 1000);
    return calendar;
  }

  private static String xmp(PrintedReport report) {
    return """
    <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/">
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
     xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
    <pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
    <dc:format>application/pdf</dc:format>
    <dc:title><rdf:Alt><rdf:li xml:lang="x-default">TITLE</rdf:li></rdf:Alt></dc:title>
    <pdf:Producer>PRODUCER</pdf:Producer><xmp:CreateDate>MADE</xmp:CreateDate>
    </rdf:Description></rdf:RDF></x:xmpmeta>
    <?xpacket end="r"?>
    """
        .replace("TITLE", report.title())
        .replace("PRODUCER", PRODUCER)
        .replace(
            "MADE", report.made().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString());
  }

  private static void attach(PDDocument document, byte[] json, PrintedReport report)
      throws IOException {
    PDEmbeddedFile embedded =
        new PDEmbeddedFile(document, new ByteArrayInputStream(json), COSName.FLATE_DECODE);
    embedded.setSubtype("application/json");
    embedded.setSize(json.length);
    embedded.setModDate(calendar(report));
    PDComplexFileSpecification file = new PDComplexFileSpecification();
    file.setFile("report.json");
    file.setFileUnicode("report.json");
    file.setEmbeddedFile(embedded);
    file.setEmbeddedFileUnicode(embedded);
    file.getCOSObject().setName("AFRelationship", "Source");
    PDEmbeddedFilesNameTreeNode files = new PDEmbeddedFilesNameTreeNode();
    files.setNames(Map.of("report.json", file));
    PDDocumentNameDictionary names = new PDDocumentNameDictionary(document.getDocumentCatalog());
    names.setEmbeddedFiles(files);
    document.getDocumentCatalog().setNames(names);
    document
        .getDocumentCatalog()
        .getCOSObject()
        .setItem(COSName.getPDFName("AF"), new COSArray(List.of(file.getCOSObject())));
  }
}
