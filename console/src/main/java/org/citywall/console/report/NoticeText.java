// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.console.assessment.GradedSystem;
import org.citywall.console.assessment.ItemKey;
import org.citywall.console.assessment.RectificationTask;
import org.citywall.console.report.PrintedReport.Block;
import org.citywall.console.report.PrintedReport.Heading;
import org.citywall.console.report.PrintedReport.Paragraph;
import org.citywall.console.report.PrintedReport.Table;

/** What a rectification notice (整改通知书) says: tasks that are not closed, with their deadlines. */
final class NoticeText {

  private final AssessmentReport report;
  private final List<Block> blocks;

  NoticeText(AssessmentReport report, List<Block> blocks) {
    this.report = report;
    this.blocks = blocks;
  }

  void write() {
    GradedSystem system = report.round().system();
    blocks.add(new Heading(report.kind().title(), 1));
    blocks.add(new Paragraph("编号：" + report.round().assessment().id() + "　　日期：" + report.today()));
    blocks.add(new Paragraph(system.owner() + "："));
    blocks.add(
        new Paragraph(
            "在 "
                + system.name()
                + "（"
                + system.id()
                + "，"
                + system.grading().code()
                + "）的测评中发现下列 "
                + report.tasks().size()
                + " 个问题。请按期限完成整改，报送整改情况和佐证材料；整改后将复测。"));
    blocks.add(new Paragraph("依据：________________________________（由签发单位填写）"));
    blocks.add(new Heading("需整改的问题", 2));
    blocks.add(
        new Table(
            ReportText.columns(
                "编号", 4, "测评项", 5, "要求", 9, "对象", 4, "发现", 6, "风险", 2, "责任人", 7, "期限", 5, "状态", 3),
            report.tasks().stream().map(this::cells).toList()));
    blocks.add(new Heading("问题的证据", 2));
    blocks.addAll(evidence());
    ReportText.conclusions(report, blocks);
    ReportText.frameworks(report, blocks);
    blocks.add(new Heading("签发与签收", 2));
    blocks.add(
        new Table(
            ReportText.columns("签发单位（章）", 1, "签发人", 1, "签收人", 1, "签收日期", 1),
            List.of(List.of("", "", "", ""))));
  }

  private List<String> cells(RectificationTask task) {
    return List.of(
        task.id().toString(),
        task.key().item(),
        text(task.key()),
        task.key().object(),
        Words.of(task.found()) + " " + task.before(),
        Words.of(task.grade()),
        task.owner(),
        task.due().toString(),
        Words.of(task.state()));
  }

  /** What proves the findings; those that rest on an officer's word alone are counted. */
  private List<Block> evidence() {
    List<List<String>> rows = new ArrayList<>();
    for (RectificationTask task : report.tasks()) {
      String evidence = Words.of(report.round().evidence(task.key()));
      if (!evidence.isEmpty()) {
        rows.add(List.of(task.id().toString(), evidence));
      }
    }
    int without = report.tasks().size() - rows.size();
    List<Block> said = new ArrayList<>();
    if (!rows.isEmpty()) {
      said.add(new Table(ReportText.columns("编号", 2, "证据", 12), rows));
    }
    if (without > 0) {
      said.add(new Paragraph((rows.isEmpty() ? "" : "其余 ") + without + " 个问题由人工判定，没有附带证据。"));
    }
    return said;
  }

  private String text(ItemKey key) {
    return report.frameworks().stream()
        .filter(framework -> framework.id().equals(key.framework()))
        .map((Catalogue framework) -> framework.item(key.item()))
        .flatMap(item -> item.map(Item::text).stream())
        .map(wording -> wording.zh())
        .collect(Collectors.joining());
  }
}
