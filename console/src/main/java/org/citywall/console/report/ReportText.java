// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Family;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.score.Score;
import org.citywall.console.assessment.Applicability;
import org.citywall.console.assessment.Crypto;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.RectificationTask;
import org.citywall.console.assessment.RemainingRisk;
import org.citywall.console.assessment.ScoreSheet.Scored;
import org.citywall.console.report.PrintedReport.Block;
import org.citywall.console.report.PrintedReport.Column;
import org.citywall.console.report.PrintedReport.Heading;
import org.citywall.console.report.PrintedReport.Paragraph;
import org.citywall.console.report.PrintedReport.Table;

/** What a printed report says. */
final class ReportText {

  private static final int MAX_DEDUCTIONS = 60;

  private final AssessmentReport report;
  private final List<Block> blocks = new ArrayList<>();

  private ReportText(AssessmentReport report) {
    this.report = report;
  }

  /**
   * The printed report.
   *
   * @param digest SHA-256 of the JSON report of the same moment, in hexadecimal
   */
  static PrintedReport of(AssessmentReport report, String digest) {
    ReportText text = new ReportText(report);
    if (report.kind() == ReportKind.RECTIFICATION) {
      new NoticeText(report, text.blocks).write();
    } else {
      text.write();
    }
    text.verification(digest);
    return new PrintedReport(
        report.kind().title(), running(report, digest), report.made(), text.blocks);
  }

  private static String running(AssessmentReport report, String digest) {
    return (report.draft() ? "【草稿】" : "")
        + report.round().system().name()
        + "　"
        + report.kind().title()
        + "　"
        + report.round().assessment().id()
        + "　证据截至 "
        + report.today()
        + "　JSON SHA-256 "
        + digest;
  }

  private void write() {
    blocks.add(new Heading(report.round().system().name() + " " + report.kind().title(), 1));
    if (report.draft()) {
      blocks.add(new Heading("草稿：尚有未测、检查出错或证据过期的测评项", 2));
    }
    blocks.add(cover());
    conclusions(report, blocks);
    report.scores().forEach(this::deductions);
    frameworks(report, blocks);
    report.frameworks().forEach(this::items);
    section("遗留风险", risks());
    section("整改", tasks());
  }

  private void section(String title, Table table) {
    blocks.add(new Heading(title, 2));
    blocks.add(table.rows().isEmpty() ? new Paragraph("无") : table);
  }

  private Table cover() {
    return new Table(
        columns("项目", 2, "内容", 8),
        List.of(
            List.of("测评编号", report.round().assessment().id().toString()),
            List.of("系统编号", report.round().system().id().toString()),
            List.of("等级", report.round().system().grading().code()),
            List.of("责任单位", report.round().system().owner()),
            List.of("封面日期", report.round().assessment().cover().toString()),
            List.of("证据截至", report.today().toString()),
            List.of("生成时间", report.made().toString()),
            List.of("日志条目数", Long.toString(report.asOf()))));
  }

  static void conclusions(AssessmentReport report, List<Block> blocks) {
    blocks.add(new Heading("结论", 2));
    blocks.add(
        new Table(
            columns("规则", 3, "得分", 2, "结论", 2, "待确认", 6),
            report.scores().stream().map(ReportText::cells).toList()));
  }

  static void frameworks(AssessmentReport report, List<Block> blocks) {
    blocks.add(new Heading("框架", 2));
    blocks.add(
        new Table(
            columns("框架", 5, "版本", 3, "SHA-256", 6),
            report.frameworks().stream()
                .map(f -> List.of(f.title().zh(), f.reference(), f.digest()))
                .toList()));
  }

  private static List<String> cells(Scored one) {
    Score score = one.score();
    return List.of(
        score.rule(),
        score.score() == null ? "–" : score.score().toPlainString(),
        score.conclusion(),
        String.join("；", one.unconfirmed(true)));
  }

  private void deductions(Scored one) {
    if (!one.score().deductions().isEmpty()) {
      blocks.add(new Heading("扣分明细 " + one.score().rule(), 3));
      blocks.add(
          new Table(
              columns("项", 3, "扣分", 2, "依据", 8),
              one.score().deductions().stream()
                  .limit(MAX_DEDUCTIONS)
                  .map(d -> List.of(d.item(), d.points().toPlainString(), d.why()))
                  .toList()));
      int more = one.score().deductions().size() - MAX_DEDUCTIONS;
      if (more > 0) {
        blocks.add(new Paragraph("另有 " + more + " 项扣分，见 JSON 或 Excel 报告。"));
      }
    }
  }

  private void items(Catalogue framework) {
    blocks.add(new Heading(framework.title().zh(), 2));
    List<List<String>> rows = new ArrayList<>();
    for (Item item : framework.items()) {
      for (ItemResult result : report.round().results(framework.id(), item.id())) {
        rows.add(row(framework.family(), item, result));
      }
    }
    blocks.add(new Table(columns(framework.family()), rows));
  }

  private static List<Column> columns(Family family) {
    return switch (family) {
      case DJBH, PLAIN -> columns("编号", 5, "要求", 10, "对象", 4, "结果", 4, "说明", 7, "证据", 10);
      case MIPING -> columns("编号", 3, "要求", 8, "对象", 4, "结果", 4, "密码应用", 6, "说明", 6, "证据", 9);
      case INDEX -> columns("编号", 8, "指标", 8, "权重", 2, "取值", 3, "结果", 3, "说明", 6, "证据", 7);
    };
  }

  private List<String> row(Family family, Item item, ItemResult result) {
    String outcome = Words.of(result.outcome(report.today()));
    String evidence = Words.of(report.round().evidence(result.key()));
    String object = result.key().object();
    return switch (family) {
      case DJBH, PLAIN ->
          List.of(item.id(), item.text().zh(), object, outcome, note(result), evidence);
      case MIPING ->
          List.of(
              item.id(), item.text().zh(), object, outcome, crypto(result), note(result), evidence);
      case INDEX ->
          List.of(
              item.id(),
              item.text().zh(),
              item.weight() == null ? "" : item.weight().toPlainString(),
              result.value() == null ? "" : result.value().toPlainString(),
              outcome,
              note(result),
              evidence);
    };
  }

  /** The comment, and why something does not apply. */
  private static String note(ItemResult result) {
    Applicability why = result.applicability();
    return why == null
        ? result.comment()
        : result.comment() + why.reason() + "（批准人 " + why.approver() + "，至 " + why.until() + "）";
  }

  private static String crypto(ItemResult result) {
    Crypto crypto = result.crypto();
    if (crypto == null) {
      return "";
    }
    return "D "
        + yes(crypto.effective())
        + "，A "
        + yes(crypto.compliant())
        + "，K "
        + yes(crypto.keysManaged())
        + (crypto.strength() == null ? "" : "，强度 " + crypto.strength() + " 位")
        + "，模块 "
        + crypto.moduleLevel()
        + " 级";
  }

  private static String yes(boolean holds) {
    return holds ? "是" : "否";
  }

  private Table risks() {
    return new Table(
        columns("测评项", 4, "风险", 2, "重大隐患", 2, "状态", 2, "说明", 8),
        report.risks().stream().map(ReportText::cells).toList());
  }

  private static List<String> cells(RemainingRisk risk) {
    return List.of(
        risk.item(),
        Words.of(risk.grade()),
        yes(risk.major()),
        risk.mended() ? "已消除" : "存在",
        risk.note());
  }

  private Table tasks() {
    return new Table(
        columns("编号", 4, "测评项", 5, "风险", 2, "状态", 3, "责任人", 7, "期限", 5, "整改前", 7, "整改情况", 6),
        report.tasks().stream().map(ReportText::cells).toList());
  }

  private static List<String> cells(RectificationTask task) {
    return List.of(
        task.id().toString(),
        task.key().item() + " " + task.key().object(),
        Words.of(task.grade()),
        Words.of(task.state()),
        task.owner(),
        task.due().toString(),
        Words.of(task.found()) + " " + task.before(),
        task.after() == null ? "" : task.after());
  }

  private void verification(String digest) {
    blocks.add(new Heading("核验", 2));
    blocks.add(new Paragraph("日志公钥：" + (report.logKey() == null ? "无" : report.logKey())));
    blocks.add(
        new Paragraph(
            "同一时刻的 JSON 报告（SHA-256 "
                + digest
                + "，PDF 报告以附件 report.json 携带）含全部证据引用与 "
                + report.proofs().size()
                + " 份日志证明；得分用 citywall score 规则名 report.json 重算。"));
  }

  /** Columns by head and share, in turn. */
  static List<Column> columns(Object... headsAndShares) {
    Function<Integer, Column> column =
        at -> new Column((String) headsAndShares[at], (Integer) headsAndShares[at + 1]);
    List<Column> columns = new ArrayList<>();
    for (int at = 0; at < headsAndShares.length; at += 2) {
      columns.add(column.apply(at));
    }
    return columns;
  }
}
