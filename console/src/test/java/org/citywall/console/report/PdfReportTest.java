// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.markedcontent.BeginMarkedContentSequence;
import org.apache.pdfbox.contentstream.operator.markedcontent.EndMarkedContentSequence;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.report.PrintedReport.Block;
import org.citywall.console.report.PrintedReport.Heading;
import org.citywall.console.report.PrintedReport.Paragraph;
import org.citywall.console.report.PrintedReport.Table;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PDF reports; skipped where no Chinese TrueType font is installed (fonts-wqy-zenhei). */
class PdfReportTest {

  private static final Instant MADE = Instant.parse("2026-11-28T02:00:00Z");
  private static final byte[] JSON = "{\"report\":1}".getBytes(StandardCharsets.UTF_8);

  @BeforeAll
  static void needsFont() {
    assumeTrue(
        ReportFont.USUAL.stream().anyMatch(Files::isReadable), "fonts-wqy-zenhei is not installed");
  }

  @Test
  void theTextCanBeTakenOutAndIsTheReports() throws IOException {
    PrintedReport report = report(table(120));

    byte[] pdf = pdf(report);

    assertThat(text(pdf)).isEqualTo(text(report));
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isGreaterThan(3);
      for (int page = 1; page <= document.getNumberOfPages(); page++) {
        assertThat(page(document, page))
            .contains("云岚市社会保险核心业务系统", "第" + page + "页共" + document.getNumberOfPages() + "页");
      }
    }
  }

  @Test
  void theSameReportGivesTheSameBytes() {
    assertThat(pdf(report(table(3)))).isEqualTo(pdf(report(table(3))));
  }

  @Test
  void everyPageOfATableHasItsHeadAndNoRowIsTorn() throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf(report(table(120))))) {
      List<String> rows = new ArrayList<>();
      for (int page = 1; page <= document.getNumberOfPages(); page++) {
        String text = page(document, page);
        assertThat(text).contains("测评项要求");
        for (int row = 0; row < 120; row++) {
          if (text.contains("<" + row + "<")) {
            assertThat(text).contains(">" + row + ">");
            rows.add(Integer.toString(row));
          }
        }
      }
      assertThat(rows).hasSize(120).doesNotHaveDuplicates();
    }
  }

  @Test
  void aRowHigherThanAPageGoesOnWithoutLosingALine() throws IOException {
    String words =
        IntStream.range(0, 900).mapToObj(i -> "第" + i + "句，").collect(Collectors.joining());
    Table table = new Table(ReportText.columns("要求", 1), List.of(List.of(words)));

    byte[] pdf = pdf(report(table));

    assertThat(text(pdf)).contains(words);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(2);
    }
  }

  @Test
  void embedsOnlyThePartOfTheFontThatItUses() throws IOException {
    byte[] pdf = pdf(report(table(3)));

    assertThat(pdf.length).isLessThan(200_000);
    try (PDDocument document = Loader.loadPDF(pdf)) {
      for (PDPage page : document.getPages()) {
        for (COSName name : page.getResources().getFontNames()) {
          assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
          assertThat(page.getResources().getFont(name).getName()).matches("[A-Z]{6}\\+.*");
        }
      }
      assertThat(document.getDocumentCatalog().getOutputIntents()).hasSize(1);
    }
  }

  @Test
  void carriesTheJsonReport() throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf(report(table(3))))) {
      var names = document.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();

      assertThat(names.get("report.json").getEmbeddedFile().toByteArray()).isEqualTo(JSON);
      COSDictionary file = names.get("report.json").getCOSObject();
      assertThat(file.getNameAsString("AFRelationship")).isEqualTo("Source");
    }
  }

  @Test
  void aCharacterThatTheFontLacksIsAnErrorAndNoBox() {
    PrintedReport report = report(new Paragraph("姓名：\uD869\uDED6 \uD83D\uDE00"));

    assertThatThrownBy(() -> pdf(report))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ConsoleErrorCode.REPORT_GLYPHS))
        .hasMessageContaining("U+1F600");
  }

  @Test
  void withoutAFontThatCanBeEmbeddedThereIsNoPdf(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("font.ttf"), "no font");

    for (ReportFont font :
        List.of(
            new ReportFont(null, List.of(folder.resolve("none.ttf"))),
            ReportFont.of(folder.resolve("none.ttf")),
            ReportFont.of(text))) {
      assertThatThrownBy(() -> PdfReport.bytes(report(), JSON, font))
          .isInstanceOfSatisfying(
              PlatformException.class,
              e -> assertThat(e.code()).isEqualTo(ConsoleErrorCode.REPORT_FONT));
    }
  }

  @Test
  void aFontWithPostScriptOutlinesIsRefused() {
    Path noto = Path.of("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc");
    assumeTrue(Files.isReadable(noto), "fonts-noto-cjk is not installed");

    assertThatThrownBy(() -> PdfReport.bytes(report(), JSON, ReportFont.of(noto)))
        .hasMessageContaining("PostScript outlines");
  }

  @Test
  void noLineBeginsWithAClosingMark() throws IOException {
    try (var font = ReportFont.of(null).open()) {
      PdfText text = new PdfText(font);
      String words = "一二三四，五六七八（九十）。sha256:" + "ab".repeat(32) + "；完";

      for (int width = 40; width < 120; width++) {
        List<String> lines = text.lines(words, width, 8);

        assertThat(String.join("", lines)).isEqualTo(words);
        for (String line : lines) {
          assertThat(line).doesNotStartWith("，").doesNotStartWith("。").doesNotEndWith("（");
          assertThat(text.width(line, 8)).isLessThanOrEqualTo(width + 0.001);
        }
      }
    }
  }

  private static byte[] pdf(PrintedReport report) {
    return PdfReport.bytes(report, JSON, ReportFont.of(null));
  }

  private static PrintedReport report(Block... blocks) {
    List<Block> all = new ArrayList<>(List.of(new Heading("测评报告", 1)));
    all.addAll(List.of(blocks));
    return new PrintedReport("测评报告", "云岚市社会保险核心业务系统 2026-11-28", MADE, all);
  }

  private static Table table(int rows) {
    return new Table(
        ReportText.columns("测评项", 2, "要求", 5),
        IntStream.range(0, rows)
            .mapToObj(
                i ->
                    List.of(
                        "<" + i + "< L3-CES1-" + i,
                        "应采用密码技术保证重要数据在传输过程中的完整性，包括鉴别数据、业务数据和审计数据，年月日"
                            + "；".repeat(i % 3)
                            + "；说明".repeat(i % 40)
                            + ">"
                            + i
                            + ">"))
            .toList());
  }

  private static String text(PrintedReport report) {
    StringBuilder text = new StringBuilder();
    for (Block block : report.blocks()) {
      switch (block) {
        case Heading heading -> text.append(heading.text());
        case Paragraph paragraph -> text.append(paragraph.text());
        case Table table -> {
          table.columns().forEach(column -> text.append(column.head()));
          table.rows().forEach(row -> row.forEach(text::append));
        }
      }
    }
    return bare(text.toString());
  }

  private static String bare(String text) {
    return text.replaceAll("\\s", "");
  }

  private static String page(PDDocument document, int page) throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setStartPage(page);
    stripper.setEndPage(page);
    return bare(stripper.getText(document));
  }

  /** Text in the order of the file, without what is marked as artifact. */
  static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      StringWriter out = new StringWriter();
      new WithoutArtifacts().writeText(document, out);
      return bare(out.toString());
    }
  }

  private static final class WithoutArtifacts extends PDFTextStripper {

    private boolean artifact;

    WithoutArtifacts() throws IOException {
      addOperator(new BeginMarkedContentSequence(this));
      addOperator(new EndMarkedContentSequence(this));
      setSuppressDuplicateOverlappingText(false);
    }

    @Override
    public void beginMarkedContentSequence(COSName tag, COSDictionary properties) {
      artifact = tag.equals(COSName.ARTIFACT);
    }

    @Override
    public void endMarkedContentSequence() {
      artifact = false;
    }

    @Override
    protected void processTextPosition(TextPosition text) {
      if (!artifact) {
        super.processTextPosition(text);
      }
    }
  }
}
