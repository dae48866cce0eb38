// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.citywall.audit.PlatformException;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Context.TicketKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextFileTest {

  private static final String WHOLE =
      """
      version: "7"
      calendar:
        from: "09:00"
        holidays: [2026-01-01]
        moved-workdays: [2026-02-14]
      rosters:
        - name: night
          shifts: [{days: every_day, from: "22:00", to: "06:00"}]
      units: [{code: U1, name: 数据局}]
      vendors: [{id: V1, name: 甲公司, agreement-until: 2026-02-28}]
      persons:
        - {account: zhang, name: 张三, type: outsourced, unit: U1, vendor: V1, roster: night}
      data-sets: [{table: social_security.*, level: 3}]
      tickets:
        - {id: T1, kind: export, subject: zhang, quota: 5000,
           from: 2026-03-01T08:00:00+08:00, to: 2026-03-01T18:00:00+08:00}
      limits: [{type: staff, level: 3, rows-per-hour: 5000}]
      shared-addresses: [10.1.0.1]
      """;

  @TempDir Path folder;

  @Test
  void readsEveryPart() {
    Context context = ContextFile.parse("context.yaml", WHOLE);

    assertThat(context.version()).isEqualTo("7");
    assertThat(context.calendar().from()).isEqualTo(LocalTime.of(9, 0));
    assertThat(context.calendar().to()).isEqualTo(LocalTime.of(17, 30));
    assertThat(context.calendar().isWorkday(LocalDate.parse("2026-01-01"))).isFalse();
    assertThat(context.calendar().isWorkday(LocalDate.parse("2026-02-14"))).isTrue();
    assertThat(context.rosters().getFirst().shifts()).hasSize(1);
    assertThat(context.vendors().getFirst().agreementUntil()).isEqualTo("2026-02-28");
    assertThat(context.persons().getFirst().type()).isEqualTo(PersonType.OUTSOURCED);
    assertThat(context.tickets().getFirst().kind()).isEqualTo(TicketKind.EXPORT);
    assertThat(context.tickets().getFirst().from())
        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    assertThat(context.limits().getFirst().rowsPerHour()).isEqualTo(5000);
    assertThat(context.sharedAddresses()).containsExactly("10.1.0.1");
  }

  @Test
  void givesTheSameDigestForTheSameContent() {
    Context context = ContextFile.parse("context.yaml", WHOLE);

    assertThat(ContextFile.parse("other.yaml", WHOLE).digest())
        .isEqualTo(context.digest())
        .matches("[0-9a-f]{64}");
    assertThat(ContextFile.parse("context.yaml", WHOLE.replace("level: 3", "level: 4")).digest())
        .isNotEqualTo(context.digest());
  }

  @Test
  void needsNothingButAVersion() {
    assertThat(ContextFile.parse("context.yaml", "version: a").persons()).isEmpty();
    assertRefused("units: []", "COR-0003", "version is missing");
    assertRefused("", "COR-0003", "empty");
  }

  @Test
  void namesLineAndPathOfAnUnknownName() {
    assertRefused(WHOLE.replace("quota:", "quotas:"), "COR-0003", "line 16", "tickets/[0]/quotas");
  }

  @Test
  void namesLineAndPathOfAWrongValue() {
    assertRefused(WHOLE.replace("level: 3}]\ntickets", "level: 9}]\ntickets"), "data-sets", "1..4");
    assertRefused(WHOLE.replace("type: outsourced", "type: alien"), "line 12", "persons/[0]/type");
    assertRefused(WHOLE.replace("id: V1, name: 甲公司,", "id: V1,"), "vendors", "name is missing");
  }

  @Test
  void refusesAPersonOfAnUnknownVendorOrRoster() {
    assertRefused(WHOLE.replace("vendor: V1", "vendor: V9"), "zhang", "V9");
    assertRefused(WHOLE.replace("roster: night", "roster: day"), "zhang", "day");
  }

  @Test
  void writesWhatItReads() {
    Context context = ContextFile.parse("context.yaml", WHOLE);

    String text = ContextFile.text(context);

    assertThat(ContextFile.parse("written.yaml", text)).isEqualTo(context);
    assertThat(ContextFile.text(ContextFile.parse("written.yaml", text))).isEqualTo(text);
  }

  @Test
  void tellsAFileThatCannotBeReadFromOneThatIsWrong() {
    assertThatThrownBy(() -> ContextFile.read(folder.resolve("none.yaml")))
        .isInstanceOf(PlatformException.class)
        .hasMessageStartingWith("COR-0004");
  }

  private static void assertRefused(String yaml, String... parts) {
    assertThatThrownBy(() -> ContextFile.parse("context.yaml", yaml))
        .isInstanceOf(PlatformException.class)
        .hasMessageContainingAll(parts);
  }
}
