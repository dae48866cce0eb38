// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Control;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.score.Score;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.RectificationTask;
import org.citywall.console.assessment.ScoreSheet.Scored;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** The report as a workbook: scores, deductions, items, tasks, proofs. */
final class XlsxReport {

  private XlsxReport() {}

  static byte[] bytes(AssessmentReport report) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Citywall", "1.0")) {
      addScores(book, report);
      addItems(book, report);
      addTasks(book, report);
      addProofs(book, report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void addScores(Workbook book, AssessmentReport report) {
    Worksheet sheet = book.newWorksheet("结论");
    int row = 0;
    row(sheet, row++, "报告", report.kind().title());
    row(sheet, row++, "系统", report.round().system().name());
    row(sheet, row++, "等级", report.round().system().grading().code());
    row(sheet, row++, "测评", report.round().assessment().id().toString());
    row(sheet, row++, "封面日期", report.round().assessment().cover().toString());
    row(sheet, row++, "状态", report.draft() ? "草稿：尚有未处理的测评项" : "定稿");
    row(sheet, row++, "证据截至", report.today().toString());
    row(sheet, row++, "日志条目数", Long.toString(report.asOf()));
    for (Catalogue framework : report.frameworks()) {
      row(sheet, row++, "框架", framework.reference(), "sha256:" + framework.digest());
    }
    row++;
    head(sheet, row++, "规则", "得分", "结论", "扣分项", "扣分", "依据");
    for (Scored one : report.scores()) {
      Score score = one.score();
      sheet.value(row, 0, score.rule());
      number(sheet, row, 1, score.score());
      sheet.value(row++, 2, score.conclusion());
      for (Score.Deduction deduction : score.deductions()) {
        sheet.value(row, 3, deduction.item());
        number(sheet, row, 4, deduction.points());
        sheet.value(row++, 5, deduction.why());
      }
    }
  }

  private static void addItems(Workbook book, AssessmentReport report) {
    Worksheet sheet = book.newWorksheet("测评项");
    head(sheet, 0, "框架", "类", "控制点", "编号", "要求", "对象", "结果", "来源", "判定人", "复核人", "说明", "证据");
    int row = 1;
    for (Catalogue framework : report.frameworks()) {
      for (Group group : framework.groups()) {
        for (Control control : group.controls()) {
          for (Item item : control.items()) {
            for (ItemResult result : report.round().results(framework.id(), item.id())) {
              row(
                  sheet,
                  row++,
                  framework.reference(),
                  group.title().zh(),
                  control.title().zh(),
                  item.id(),
                  item.text().zh(),
                  result.key().object(),
                  Words.of(result.outcome(report.today())),
                  Words.of(result.origin()),
                  orEmpty(result.assessor()),
                  orEmpty(result.reviewer()),
                  result.comment(),
                  Words.of(report.round().evidence(result.key())));
            }
          }
        }
      }
    }
    sheet.freezePane(0, 1);
  }

  private static void addTasks(Workbook book, AssessmentReport report) {
    Worksheet sheet = book.newWorksheet("整改");
    head(sheet, 0, "编号", "测评项", "对象", "风险", "状态", "责任人", "期限", "整改前", "整改情况");
    int row = 1;
    for (RectificationTask task : report.tasks()) {
      row(
          sheet,
          row++,
          task.id().toString(),
          task.key().item(),
          task.key().object(),
          Words.of(task.grade()),
          Words.of(task.state()),
          task.owner(),
          task.due().toString(),
          Words.of(task.found()) + " " + task.before(),
          orEmpty(task.after()));
    }
  }

  private static void addProofs(Workbook book, AssessmentReport report) {
    Worksheet sheet = book.newWorksheet("证明");
    row(sheet, 0, "日志公钥", orEmpty(report.logKey()));
    head(sheet, 1, "日志条目", "tlog-proof");
    int row = 2;
    for (Long leaf : report.proofs().keySet().stream().sorted().toList()) {
      row(sheet, row++, leaf.toString(), orEmpty(report.proofs().get(leaf)));
    }
  }

  private static void head(Worksheet sheet, int row, String... cells) {
    row(sheet, row, cells);
    sheet.range(row, 0, row, cells.length - 1).style().bold().set();
  }

  private static void row(Worksheet sheet, int row, String... cells) {
    for (int column = 0; column < cells.length; column++) {
      sheet.value(row, column, cells[column]);
    }
  }

  private static void number(Worksheet sheet, int row, int column, @Nullable BigDecimal value) {
    if (value != null) {
      sheet.value(row, column, value);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
