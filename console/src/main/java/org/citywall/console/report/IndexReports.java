// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.Hash;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.feed.IndexPeriod;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.report.PrintedReport.Block;
import org.citywall.console.report.PrintedReport.Column;
import org.citywall.console.report.PrintedReport.Heading;
import org.citywall.console.report.PrintedReport.Paragraph;
import org.citywall.console.report.PrintedReport.Table;
import org.citywall.console.scorecard.IndexBoard;
import org.citywall.console.scorecard.IndexBook;
import org.citywall.console.scorecard.IndexValue;
import org.citywall.console.state.AuditTrail;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Reports of the index of a period; each that goes out is an entry of the log. */
public final class IndexReports {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("维度", 12),
          new Column("指标", 22),
          new Column("得分", 8),
          new Column("来源", 8),
          new Column("说明", 30),
          new Column("证据", 20));

  private final IndexBook book;
  private final AuditTrail trail;
  private final ReportFont font;

  public IndexReports(IndexBook book, AuditTrail trail, ReportFont font) {
    this.book = book;
    this.trail = trail;
    this.font = font;
  }

  /** The report of a period; {@code CON-0072} for OSCAL, which knows no index. */
  public byte[] make(Actor actor, IndexPeriod period, ReportFormat format) {
    IndexBoard board = book.board(period);
    byte[] json = board.report().getBytes(StandardCharsets.UTF_8);
    byte[] report =
        switch (format) {
          case JSON -> json;
          case PDF -> PdfReport.bytes(printed(board, json), json, font);
          case DOCX -> DocxReport.bytes(printed(board, json));
          case XLSX -> xlsx(board);
          case OSCAL_RESULTS, OSCAL_POAM ->
              throw new PlatformException(
                  ConsoleErrorCode.REPORT_REFUSED, "an index is no OSCAL report");
        };
    trail.exported(actor, "index." + format.word(), period.id());
    return report;
  }

  private static PrintedReport printed(IndexBoard board, byte[] json) {
    boolean draft = board.state() != IndexBoard.State.FROZEN;
    String title = "数据安全指数报告 " + board.period().id();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Heading(title + (draft ? "（草稿）" : ""), 1));
    blocks.add(new Paragraph("期次：" + board.period().from() + " 至 " + board.period().to()));
    blocks.add(
        new Paragraph(
            "得分："
                + board.score().score()
                + "　结论："
                + board.score().conclusion()
                + "　规则："
                + board.score().rule()));
    blocks.add(
        new Paragraph(
            "编制："
                + text(board.preparedBy())
                + " "
                + text(board.preparedAt())
                + "　签署："
                + text(board.signedBy())
                + " "
                + text(board.signedAt())));
    blocks.add(new Heading("各指标", 2));
    blocks.add(new Table(COLUMNS, rows(board)));
    blocks.add(new Heading("复算", 2));
    blocks.add(
        new Paragraph(
            "citywall score index "
                + board.period().id()
                + "-index.json　JSON 的 SHA-256："
                + Hash.sha256(json).hex()));
    blocks.add(new Paragraph("待确认：" + String.join("；", board.score().toBeConfirmed())));
    return new PrintedReport(title, title + (draft ? "（草稿）" : ""), made(board), blocks);
  }

  /** A signed report is the same file whenever it is made. */
  private static Instant made(IndexBoard board) {
    if (board.signedAt() != null) {
      return board.signedAt();
    }
    return board.values().stream()
        .map(IndexValue::recordedAt)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  private static List<List<String>> rows(IndexBoard board) {
    List<List<String>> rows = new ArrayList<>();
    for (Group group : board.index().groups()) {
      group
          .items()
          .forEach(
              item ->
                  rows.add(
                      board
                          .value(item.id())
                          .map(v -> row(group, item, v))
                          .orElseGet(
                              () ->
                                  List.of(
                                      group.title().zh(), item.text().zh(), "未定", "", "", ""))));
    }
    return rows;
  }

  private static List<String> row(Group group, Item item, IndexValue value) {
    String reached =
        value.reached() == null
            ? value.applicable() ? "未定" : "不适用"
            : value.reached().stripTrailingZeros().toPlainString();
    String origin =
        switch (value.origin()) {
          case FEED -> "平台";
          case MANUAL -> "人工";
          case NOBODY -> "";
        };
    List<String> evidence = new ArrayList<>();
    if (value.evidence() != null) {
      evidence.add(value.evidence());
    }
    if (value.sha256() != null) {
      evidence.add("SHA-256 " + value.sha256());
    }
    if (!value.query().isEmpty()) {
      evidence.add(value.query());
    }
    if (!value.leaves().isEmpty()) {
      evidence.add("日志条目 " + value.leaves());
    }
    evidence.add("所述 " + value.from() + " 至 " + value.to() + "，记录于 " + value.recordedAt());
    return List.of(
        group.title().zh(),
        item.text().zh(),
        reached,
        origin,
        value.explanation().zh(),
        String.join("；", evidence));
  }

  private static byte[] xlsx(IndexBoard board) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Citywall", "1.0")) {
      Worksheet sheet = book.newWorksheet("指数 " + board.period().id());
      List<List<String>> rows = new ArrayList<>();
      rows.add(COLUMNS.stream().map(Column::head).toList());
      rows.addAll(rows(board));
      rows.add(
          List.of(
              "总分",
              board.score().rule(),
              text(board.score().score()),
              board.score().conclusion(),
              "编制 " + text(board.preparedBy()),
              "签署 " + text(board.signedBy())));
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < COLUMNS.size(); column++) {
          sheet.value(row, column, rows.get(row).get(column));
        }
      }
      sheet.range(0, 0, 0, COLUMNS.size() - 1).style().bold().set();
      sheet.freezePane(0, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static String text(@org.jspecify.annotations.Nullable Object value) {
    return value == null ? "–" : value.toString();
  }
}
