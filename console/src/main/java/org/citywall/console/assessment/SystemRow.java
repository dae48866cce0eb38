// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Objects;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.GradedSystem.ExpertReview;
import org.citywall.console.assessment.GradedSystem.FilingRecord;
import org.citywall.console.assessment.Grading.Damage;
import org.citywall.console.assessment.Grading.Harm;
import org.citywall.console.assessment.Grading.Harmed;
import org.citywall.console.state.Journal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** A row of the register of systems. */
final class SystemRow {

  private SystemRow() {}

  static GradedSystem of(ResultSet row, int n) throws SQLException {
    Long platform = Rows.number(row, "platform");
    LocalDate reviewed = Rows.day(row, "reviewed_on");
    LocalDate filed = Rows.day(row, "filed_on");
    return new GradedSystem(
        new SystemId(row.getLong("ordinal")),
        row.getLong("version"),
        row.getString("name"),
        row.getString("owner"),
        row.getBoolean("core"),
        platform == null ? null : new SystemId(platform),
        new Grading(
            harm(row, "information"),
            harm(row, "service"),
            LocalDate.ofEpochDay(row.getLong("graded_on"))),
        reviewed == null ? null : new ExpertReview(row.getString("reviewed_by"), reviewed),
        filed == null ? null : filing(row, filed));
  }

  private static FilingRecord filing(ResultSet row, LocalDate filed) throws SQLException {
    return new FilingRecord(
        row.getString("certificate"), filed, Objects.requireNonNull(Rows.day(row, "filed_until")));
  }

  private static Harm harm(ResultSet row, String what) throws SQLException {
    return new Harm(
        Harmed.valueOf(row.getString(what + "_harmed")),
        Damage.valueOf(row.getString(what + "_damage")));
  }

  static GradedSystem get(JdbcClient jdbc, SystemId id) {
    return jdbc.sql("select * from graded_system where ordinal = :ordinal")
        .param("ordinal", id.ordinal())
        .query(SystemRow::of)
        .optional()
        .orElseThrow(() -> new PlatformException(ConsoleErrorCode.SYSTEM_UNKNOWN, id.toString()));
  }

  /** The system that the caller saw; {@code CON-0058} where it changed meanwhile. */
  static GradedSystem current(Journal journal, SystemId id, long version) {
    GradedSystem now = get(journal.jdbc(), id);
    if (now.version() != version) {
      throw new PlatformException(ConsoleErrorCode.COMPLIANCE_CHANGED, id.toString());
    }
    return now;
  }

  static void insert(JdbcClient jdbc, GradedSystem system) {
    bind(
            jdbc.sql(
                """
                insert into graded_system (ordinal, version, name, owner, core, platform, level,
                  information_harmed, information_damage, service_harmed, service_damage, graded_on,
                  reviewed_by, reviewed_on, certificate, filed_on, filed_until)
                values (:ordinal, :version, :name, :owner, :core, :platform, :level,
                  :informationHarmed, :informationDamage, :serviceHarmed, :serviceDamage, :gradedOn,
                  :reviewedBy, :reviewedOn, :certificate, :filedOn, :filedUntil)
                """),
            system)
        .update();
  }

  static void update(JdbcClient jdbc, GradedSystem system) {
    bind(
            jdbc.sql(
                """
                update graded_system set version = :version, name = :name, owner = :owner,
                  core = :core, platform = :platform, level = :level,
                  information_harmed = :informationHarmed, information_damage = :informationDamage,
                  service_harmed = :serviceHarmed, service_damage = :serviceDamage,
                  graded_on = :gradedOn, reviewed_by = :reviewedBy, reviewed_on = :reviewedOn,
                  certificate = :certificate, filed_on = :filedOn, filed_until = :filedUntil
                where ordinal = :ordinal
                """),
            system)
        .update();
  }

  private static StatementSpec bind(StatementSpec statement, GradedSystem system) {
    Grading grading = system.grading();
    ExpertReview review = system.review();
    FilingRecord filing = system.filing();
    return statement
        .param("ordinal", system.id().ordinal())
        .param("version", system.version())
        .param("name", system.name())
        .param("owner", system.owner())
        .param("core", system.core())
        .param("platform", ordinal(system.platform()))
        .param("level", system.level())
        .param("informationHarmed", grading.information().harmed().name())
        .param("informationDamage", grading.information().damage().name())
        .param("serviceHarmed", grading.service().harmed().name())
        .param("serviceDamage", grading.service().damage().name())
        .param("gradedOn", grading.on().toEpochDay())
        .param("reviewedBy", review == null ? null : review.by())
        .param("reviewedOn", review == null ? null : Rows.day(review.on()))
        .param("certificate", filing == null ? null : filing.certificate())
        .param("filedOn", filing == null ? null : Rows.day(filing.on()))
        .param("filedUntil", filing == null ? null : Rows.day(filing.until()));
  }

  private static @Nullable Long ordinal(@Nullable SystemId id) {
    return id == null ? null : id.ordinal();
  }
}
