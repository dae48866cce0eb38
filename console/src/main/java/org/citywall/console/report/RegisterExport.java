// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.citywall.audit.PlatformException;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.Csv;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.DueDate;
import org.citywall.console.assessment.GradedSystem;
import org.citywall.console.assessment.GradedSystem.ExpertReview;
import org.citywall.console.assessment.GradedSystem.FilingRecord;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.assessment.SystemRegister.Filter;
import org.citywall.console.assessment.SystemRegister.Line;
import org.citywall.console.state.AuditTrail;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Takes the register of graded systems out, one row per system; each time is an entry of the log.
 */
public final class RegisterExport {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final int PAGE = 200;
  private static final List<String> HEAD =
      List.of(
          "系统编号", "名称", "责任单位", "核心系统", "等级", "所在云平台", "定级日期", "评审", "评审日期", "备案证明编号", "备案日期",
          "备案有效期至", "下一事项", "到期日", "是否逾期", "上次测评", "上次结论", "进行中的测评");

  private final SystemRegister register;
  private final Assessments assessments;
  private final AuditTrail trail;

  public RegisterExport(SystemRegister register, Assessments assessments, AuditTrail trail) {
    this.register = register;
    this.assessments = assessments;
    this.trail = trail;
  }

  /** What the register can be had as. */
  public enum Format {
    /** RFC 4180 in UTF-8 with a byte order mark. */
    CSV("csv", "text/csv;charset=UTF-8"),
    XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    private final String word;
    private final String mediaType;

    Format(String word, String mediaType) {
      this.word = word;
      this.mediaType = mediaType;
    }

    public String word() {
      return word;
    }

    public String mediaType() {
      return mediaType;
    }

    /** The format of this word; {@code CON-0072} where there is none. */
    public static Format of(String word) {
      return Arrays.stream(values())
          .filter(format -> format.word.equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new PlatformException(
                      ConsoleErrorCode.REPORT_REFUSED, "the register is csv or xlsx"));
    }
  }

  /** The systems that the filter takes, in the order of their numbers. */
  public byte[] make(Actor actor, Filter filter, Format format) {
    byte[] bytes =
        switch (format) {
          case CSV -> csv(filter);
          case XLSX -> xlsx(filter);
        };
    trail.exported(actor, "systems." + format.word(), filter.toString());
    return bytes;
  }

  private byte[] csv(Filter filter) {
    StringBuilder out = new StringBuilder(Csv.BOM);
    rows(
        filter,
        row -> {
          try {
            Csv.row(out, row);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] xlsx(Filter filter) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Citywall", "1.0")) {
      Worksheet sheet = book.newWorksheet("定级对象");
      List<List<String>> rows = new ArrayList<>();
      rows(filter, rows::add);
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < HEAD.size(); column++) {
          sheet.value(row, column, rows.get(row).get(column));
        }
      }
      sheet.range(0, 0, 0, HEAD.size() - 1).style().bold().set();
      sheet.freezePane(0, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void rows(Filter filter, Consumer<List<String>> to) {
    to.accept(HEAD);
    LocalDate today = assessments.today();
    List<Line> page;
    long after = 0;
    do {
      page = register.page(filter, after, PAGE);
      for (Line line : page) {
        to.accept(row(line, today));
        after = line.system().id().ordinal();
      }
    } while (page.size() == PAGE);
  }

  private List<String> row(Line line, LocalDate today) {
    GradedSystem system = line.system();
    ExpertReview review = system.review();
    FilingRecord filing = system.filing();
    List<DueDate> due = register.due(system, line.lastAssessed());
    return List.of(
        system.id().toString(),
        system.name(),
        system.owner(),
        yes(system.core()),
        system.grading().code(),
        text(system.platform()),
        system.grading().on().toString(),
        review == null ? "" : review.by(),
        review == null ? "" : review.on().toString(),
        filing == null ? "" : filing.certificate(),
        filing == null ? "" : filing.on().toString(),
        filing == null ? "" : filing.until().toString(),
        due.isEmpty() ? "" : Words.of(due.getFirst().duty()),
        due.isEmpty() ? "" : due.getFirst().on().toString(),
        due.isEmpty() ? "" : yes(due.getFirst().overdue(today)),
        text(line.lastAssessed()),
        conclusions(line.lastScores()),
        text(line.openRound()));
  }

  private static String conclusions(@Nullable String scores) {
    if (scores == null) {
      return "";
    }
    List<String> each = new ArrayList<>();
    for (JsonNode one : JSON.readTree(scores)) {
      JsonNode score = one.get("score");
      each.add(
          one.get("rule").asString()
              + " "
              + (score == null || score.isNull() ? "–" : score.decimalValue().toPlainString())
              + " "
              + one.get("conclusion").asString());
    }
    return String.join("；", each);
  }

  private static String yes(boolean holds) {
    return holds ? "是" : "否";
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}
