// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.testing.MemoryLog;
import org.citywall.audit.testing.MutableClock;
import org.citywall.compliance.calendar.LegalCalendar;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.score.RuleName;
import org.citywall.compliance.score.Scoring;
import org.citywall.compliance.waiver.Waivers;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.Csv;
import org.citywall.console.assessment.AssessmentId;
import org.citywall.console.assessment.Assessments;
import org.citywall.console.assessment.CheckFeed;
import org.citywall.console.assessment.ItemKey;
import org.citywall.console.assessment.ItemResult;
import org.citywall.console.assessment.Rectification;
import org.citywall.console.assessment.RectificationTask;
import org.citywall.console.assessment.ScoreSheet.Scored;
import org.citywall.console.assessment.Settlement;
import org.citywall.console.assessment.Settling;
import org.citywall.console.assessment.SystemId;
import org.citywall.console.assessment.SystemRegister;
import org.citywall.console.assessment.SystemRegister.Filter;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.demo.DemoAssessment;
import org.citywall.console.state.LoggedAuditTrail;
import org.citywall.console.state.StateDatabase;
import org.citywall.console.testing.ConsoleFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** The demo city's core system, from 84.00 and 差 by one high risk to 良, and its reports. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReportsTest {

  private static final Actor LI = new Actor("li", "");
  private static final AssessmentId CORE = new AssessmentId(2);
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  @TempDir private static Path folder;

  private static ConsoleFixture console;
  private static MemoryLog log;
  private static DemoAssessment.Desk desk;
  private static Reports reports;

  @BeforeAll
  static void start() {
    log = new MemoryLog();
    MutableClock clock = MutableClock.at("2026-11-28T02:00:00Z");
    console = ConsoleFixture.start(new StateDatabase.Embedded(folder), log, clock);
    Assessments assessments =
        new Assessments(console.changes, Catalogues::builtIn, clock, ConsoleRuntime.CHINA);
    LegalCalendar calendar = LegalCalendar.builtIn();
    desk =
        new DemoAssessment.Desk(
            new SystemRegister(console.changes, calendar),
            assessments,
            new Settling(console.changes, log::size),
            new CheckFeed(
                console.changes,
                Checks.builtIn(),
                Catalogues::builtIn,
                Waivers::none,
                ConsoleRuntime.CHINA),
            new Rectification(console.changes, assessments, calendar, clock, ConsoleRuntime.CHINA));
    reports =
        new Reports(
            assessments,
            desk.rectification(),
            log,
            new LoggedAuditTrail(console.changes),
            clock,
            "city+key",
            ReportFont.of(null));
    DemoAssessment.fill(desk, () -> List.of(tls(Result.NONCONFORM)));
  }

  @AfterAll
  static void stop() {
    console.close();
  }

  @Test
  @Order(1)
  void aHighRiskMakesEightyFourPointsBad() {
    assertThat(score("djbh-2021").score()).isEqualByComparingTo("84.00");
    assertThat(score("djbh-2021").conclusion()).isEqualTo("差");
    assertThat(score("djbh-2021").parts().toString()).contains("39.00", "45.00");
    assertThat(score("djbh-2025").unsettled()).isEmpty();
  }

  @Test
  @Order(2)
  void aReportIsComputedAgainFromItsOwnJson() {
    JsonNode report = JSON.readTree(make(ReportFormat.JSON));

    assertThat(report.get("scores")).hasSize(2);
    assertThat(new String(make(ReportFormat.JSON), UTF_8)).contains("\"score\" : 84.00");
    assertComputedAgain(report);
    assertThat(report.get("frameworks").get(0).get("sha256").asString()).hasSize(64);
    assertThat(report.get("items").findValuesAsString("sha256")).contains("ab".repeat(32));
    assertThat(report.get("acts").size()).isGreaterThan(6);
    assertThat(log.read(log.size() - 1).event().text(Field.FILE_NAME)).isEqualTo("assessment.json");
  }

  @Test
  @Order(3)
  void oscalFormsFollowTheirSchemas() throws IOException {
    for (Map.Entry<ReportFormat, String> one :
        Map.of(ReportFormat.OSCAL_RESULTS, "ar", ReportFormat.OSCAL_POAM, "poam").entrySet()) {
      String json = new String(make(one.getKey()), UTF_8);

      assertThat(schema(one.getValue()).validate(json, InputFormat.JSON)).isEmpty();
      assertThat(schema(one.getValue()).validate("{\"x\":1}", InputFormat.JSON)).isNotEmpty();
    }
  }

  @Test
  @Order(4)
  void officeFormsOpenAndSayTheConclusion() throws Exception {
    Map<String, String> docx = parts(make(ReportFormat.DOCX));
    Map<String, String> xlsx = parts(make(ReportFormat.XLSX));

    assertThat(docx.get("word/document.xml")).contains("差", "84.00", "L3-CES1-27", "djbh-2025/");
    assertThat(xlsx).containsKeys("xl/worksheets/sheet1.xml", "xl/worksheets/sheet4.xml");
    assertThat(String.join("", xlsx.values())).contains("L3-CES1-27");
    for (String xml : docx.values()) {
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(new ByteArrayInputStream(xml.getBytes(UTF_8)))
                  .getDocumentElement())
          .isNotNull();
    }
  }

  @Test
  @Order(5)
  void whatIsUnsettledHasOnlyDrafts() {
    desk.feed().feed(LI, CORE, List.of(tls(Result.ERROR)));

    assertThatThrownBy(() -> make(ReportFormat.DOCX))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ConsoleErrorCode.ASSESSMENT_UNSETTLED));
    assertThat(
            JSON.readTree(reports.make(LI, CORE, ReportKind.DJBH, ReportFormat.JSON, true))
                .get("draft"))
        .isEqualTo(JSON.getNodeFactory().booleanNode(true));
  }

  @Test
  @Order(6)
  void mendedAndRunAgainItIsGood() {
    desk.feed().feed(LI, CORE, List.of(tls(Result.CONFORM)));
    desk.settling().mendRisk(LI, CORE, 1, "已启用 TLS，复测通过");
    for (RectificationTask task : desk.rectification().page(null, CORE, 0, 200)) {
      if (task.key().object().equals("core-db")) {
        desk.rectification().mended(LI, task.id(), 1, "已启用 TLS");
        desk.rectification().close(LI, task.id(), 2);
      }
    }

    assertThat(score("djbh-2021").conclusion()).isEqualTo("良");
    assertThat(score("djbh-2021").score()).isEqualByComparingTo("87.50");
    assertThat(desk.assessments().close(LI, CORE).scores()).contains("良", "87.50");
  }

  @Test
  @Order(7)
  void cryptographyAndIndexHaveReportsThatAreComputedAgain() {
    AssessmentId round = mixedRound();

    for (Map.Entry<ReportKind, List<String>> one :
        Map.of(
                ReportKind.MIPING,
                List.of("miping-2023", "miping-2021"),
                ReportKind.INDEX,
                List.of("index"))
            .entrySet()) {
      JsonNode report =
          JSON.readTree(reports.make(LI, round, one.getKey(), ReportFormat.JSON, false));

      assertThat(report.get("kind").asString()).isEqualTo(one.getKey().word());
      assertThat(report.get("scores").findValuesAsString("rule"))
          .anyMatch(rule -> rule.equals(one.getValue().getFirst()));
      assertThat(report.get("scores")).hasSize(one.getValue().size());
      assertThat(report.get("frameworks")).hasSize(1);
      assertComputedAgain(report);
      for (ReportFormat format : List.of(ReportFormat.DOCX, ReportFormat.XLSX)) {
        assertThat(reports.make(LI, round, one.getKey(), format, false)).isNotEmpty();
      }
    }
    assertThatThrownBy(() -> reports.make(LI, round, ReportKind.DJBH, ReportFormat.JSON, false))
        .isInstanceOfSatisfying(
            PlatformException.class,
            e -> assertThat(e.code()).isEqualTo(ConsoleErrorCode.REPORT_EMPTY));
  }

  @Test
  @Order(8)
  void aNoticeNamesWhatIsToBeMendedAndByWhen() throws IOException {
    JsonNode notice =
        JSON.readTree(reports.make(LI, CORE, ReportKind.RECTIFICATION, ReportFormat.JSON, false));
    String docx =
        parts(reports.make(LI, CORE, ReportKind.RECTIFICATION, ReportFormat.DOCX, false))
            .get("word/document.xml");

    assertThat(notice.get("tasks").size()).isPositive();
    assertThat(notice.get("tasks").findValuesAsString("state")).doesNotContain("closed");
    assertComputedAgain(notice);
    assertThat(docx).contains("网络安全整改通知书", "云岚市数据资源管理局：", "L3-CES1-04");
    assertThat(docx).contains("个问题由人工判定，没有附带证据", "算法均列出").doesNotContain("from memory");
    for (JsonNode task : notice.get("tasks")) {
      assertThat(docx).contains(task.get("id").asString(), task.get("due").asString());
    }
  }

  @Test
  @Order(9)
  void thePdfSaysWhatTheWordReportSays() throws Exception {
    assumeTrue(
        ReportFont.USUAL.stream().anyMatch(Files::isReadable), "fonts-wqy-zenhei is not installed");
    for (ReportKind kind : List.of(ReportKind.DJBH, ReportKind.RECTIFICATION)) {
      byte[] pdf = reports.make(LI, CORE, kind, ReportFormat.PDF, false);
      String word =
          parts(reports.make(LI, CORE, kind, ReportFormat.DOCX, false)).get("word/document.xml");

      String body =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(word.getBytes(UTF_8)))
              .getDocumentElement()
              .getTextContent();
      assertThat(atOneTime(PdfReportTest.text(pdf)))
          .isEqualTo(atOneTime(body.replaceAll("\\s", "")));
    }
  }

  /** That a report went out is an entry itself, so that the next one counts one more. */
  private static String atOneTime(String text) {
    return text.replaceAll("日志条目数[0-9]+", "").replaceAll("SHA-256[0-9a-f]{64}", "");
  }

  @Test
  @Order(10)
  void theRegisterHasARowForEachSystemAndIsNoFormula() throws IOException {
    desk.register()
        .register(
            LI,
            new SystemRegister.NewSystem(
                "=HYPERLINK(\"x\")",
                "某局",
                false,
                null,
                desk.register().get(new SystemId(3)).grading()));
    RegisterExport export =
        new RegisterExport(
            desk.register(), desk.assessments(), new LoggedAuditTrail(console.changes));

    String csv = new String(export.make(LI, Filter.ALL, RegisterExport.Format.CSV), UTF_8);
    Map<String, String> xlsx = parts(export.make(LI, Filter.ALL, RegisterExport.Format.XLSX));
    String core =
        new String(
            export.make(LI, new Filter("社会保险", null, false), RegisterExport.Format.CSV), UTF_8);

    assertThat(csv.lines()).hasSize(5);
    assertThat(csv).startsWith(Csv.BOM + "系统编号,").contains("\"'=HYPERLINK", "33010099-SYS-0002");
    assertThat(csv).contains("djbh-2021/1 87.50 良").contains("是,S3A2G3,SYS-0001");
    assertThat(core.lines()).hasSize(2);
    assertThat(String.join("", xlsx.values())).contains("33010099-SYS-0002", "SYS-0004");
    assertThat(log.read(log.size() - 1).event().text(Field.FILE_NAME)).isEqualTo("systems.csv");
  }

  private static void assertComputedAgain(JsonNode report) {
    for (JsonNode one : report.get("scores")) {
      RuleName rule = RuleName.of(one.get("rule").asString());
      assertThat(
              JSON.readTree(
                  Scoring.toJson(Scoring.builtIn(rule).score(one.get("input").toString()))))
          .isEqualTo(one.get("score"));
    }
  }

  /** A round of the portal with cryptography and index, all settled. */
  private static AssessmentId mixedRound() {
    AssessmentId round =
        desk.assessments()
            .begin(
                LI,
                new Assessments.Plan(
                    new SystemId(3),
                    List.of("gbt39786-l3", "data-security-index"),
                    desk.assessments().today(),
                    Assessments.Plan.EVEN))
            .id();
    List<ItemKey> units = new ArrayList<>();
    List<ItemKey> indicators = new ArrayList<>();
    for (ItemResult result : desk.assessments().get(round).results()) {
      (result.key().framework().equals("data-security-index") ? indicators : units)
          .add(result.key());
    }
    desk.settling().settleAll(LI, round, units, Settlement.of(Result.CONFORM, "现场核查"));
    desk.settling()
        .settleAll(
            LI,
            round,
            indicators,
            new Settlement(Result.PARTIAL, "平台统计", null, new BigDecimal("82.5"), null, null));
    return round;
  }

  private static org.citywall.compliance.score.Score score(String rule) {
    return desk.assessments().scores(desk.assessments().get(CORE)).stream()
        .filter(one -> one.rule().id().equals(rule))
        .map(Scored::score)
        .findFirst()
        .orElseThrow();
  }

  private static byte[] make(ReportFormat format) {
    return reports.make(LI, CORE, ReportKind.DJBH, format, false);
  }

  private static CheckResult tls(Result result) {
    return new CheckResult(
        "postgresql.tls",
        1,
        "core-db",
        result,
        "",
        null,
        List.of(),
        null,
        "ab".repeat(32),
        Instant.parse("2026-11-28T01:00:00Z"),
        Duration.ZERO);
  }

  private static Schema schema(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            ReportsTest.class.getResourceAsStream("/schema/json/oscal-" + name + "_schema.json"))) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(new String(in.readAllBytes(), UTF_8), InputFormat.JSON);
    }
  }

  private static Map<String, String> parts(byte[] zip) throws IOException {
    Path file = Files.write(folder.resolve("parts.zip"), zip);
    Map<String, String> parts = new TreeMap<>();
    try (ZipFile opened = new ZipFile(file.toFile())) {
      for (ZipEntry entry : opened.stream().toList()) {
        parts.put(entry.getName(), new String(opened.getInputStream(entry).readAllBytes(), UTF_8));
      }
    }
    return parts;
  }
}
