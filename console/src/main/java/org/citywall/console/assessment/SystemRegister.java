// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.calendar.LegalCalendar;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.GradedSystem.ExpertReview;
import org.citywall.console.assessment.GradedSystem.FilingRecord;
import org.citywall.console.state.StateChanges;
import org.jspecify.annotations.Nullable;

/**
 * The register of graded systems: grading, review by experts, filing. Safe for use by several
 * threads. A change fails with {@code CON-0056} for an unknown system, {@code CON-0057} for a value
 * that cannot be, {@code CON-0058} where somebody else changed the system first.
 */
public final class SystemRegister {

  public static final int MAX_PAGE = 200;
  private static final int MAX_NAME = 200;
  private static final int MAX_CERTIFICATE = 100;

  private final StateChanges changes;
  private final LegalCalendar calendar;

  public SystemRegister(StateChanges changes, LegalCalendar calendar) {
    this.changes = changes;
    this.calendar = calendar;
  }

  /** A system that comes into the register. */
  public record NewSystem(
      String name, String owner, boolean core, @Nullable SystemId platform, Grading grading) {}

  /**
   * Which systems a list holds.
   *
   * @param text part of name or owner; empty for all
   * @param level or null for all
   * @param coreBelowThree only core systems graded below three
   */
  public record Filter(String text, @Nullable Integer level, boolean coreBelowThree) {

    public static final Filter ALL = new Filter("", null, false);
  }

  /**
   * A system in a list.
   *
   * @param lastAssessed cover date of its last closed round, or null
   * @param lastScores what that round came to, as JSON, or null
   * @param openRound number of the round under way, or null
   */
  public record Line(
      GradedSystem system,
      @Nullable LocalDate lastAssessed,
      @Nullable String lastScores,
      @Nullable AssessmentId openRound) {}

  public GradedSystem register(Actor actor, NewSystem made) {
    requireName(made.name());
    requireName(made.owner());
    return changes.change(
        journal -> {
          SystemId platform = made.platform();
          if (platform != null) {
            SystemRow.get(journal.jdbc(), platform);
          }
          SystemId id = new SystemId(Rows.next(journal.jdbc(), "graded_system"));
          GradedSystem system =
              new GradedSystem(
                  id,
                  1,
                  made.name().strip(),
                  made.owner().strip(),
                  made.core(),
                  platform,
                  made.grading(),
                  null,
                  null);
          SystemRow.insert(journal.jdbc(), system);
          Acts.write(journal, Act.of(actor, "system-registered", id, summary(system)));
          return system;
        });
  }

  /** Grades it anew; review and filing are of the grading and have to follow. */
  public GradedSystem grade(Actor actor, SystemId id, long version, Grading grading) {
    return change(
        actor,
        id,
        version,
        "system-graded",
        was ->
            new GradedSystem(
                id,
                version + 1,
                was.name(),
                was.owner(),
                was.core(),
                was.platform(),
                grading,
                null,
                was.filing()));
  }

  /** Notes what experts said of the grading. */
  public GradedSystem review(Actor actor, SystemId id, long version, ExpertReview review) {
    requireName(review.by());
    return change(actor, id, version, "system-reviewed", was -> with(was, review, was.filing()));
  }

  /** Notes a filing certificate; its end follows from the calendar. */
  public GradedSystem file(
      Actor actor, SystemId id, long version, String certificate, LocalDate on) {
    if (certificate.isBlank() || certificate.length() > MAX_CERTIFICATE) {
      throw new PlatformException(ConsoleErrorCode.SYSTEM_INVALID, "a certificate has a number");
    }
    FilingRecord filing = new FilingRecord(certificate, on, calendar.certificateEnds(on));
    return change(actor, id, version, "system-filed", was -> with(was, was.review(), filing));
  }

  public GradedSystem get(SystemId id) {
    return changes.store().read(jdbc -> SystemRow.get(jdbc, id));
  }

  /** Acts on the system and its rounds, the latest first. */
  public List<Acts.Done> acts(SystemId id, int limit) {
    return changes.store().read(jdbc -> Acts.of(jdbc, "system", id.ordinal(), limit));
  }

  /** A page of the register in the order of numbers, behind this one. */
  public List<Line> page(Filter filter, long after, int limit) {
    Map<String, Object> parameters = new HashMap<>();
    String where = where(filter, parameters);
    parameters.put("after", after);
    parameters.put("limit", Math.min(limit, MAX_PAGE));
    return changes
        .store()
        .read(
            jdbc ->
                jdbc.sql(
                        """
                        select s.*, a.cover as last_cover, a.scores as last_scores,
                          (select max(o.ordinal) from assessment o
                           where o.system = s.ordinal and o.closed_at is null) as open_round
                        from graded_system s left join assessment a on a.ordinal =
                          (select max(c.ordinal) from assessment c
                           where c.system = s.ordinal and c.closed_at is not null)
                        where s.ordinal > :after
                        """
                            + where
                            + " order by s.ordinal limit :limit")
                    .params(parameters)
                    .query(SystemRegister::line)
                    .list());
  }

  public long count(Filter filter) {
    Map<String, Object> parameters = new HashMap<>();
    String where = where(filter, parameters);
    return changes
        .store()
        .read(
            jdbc ->
                jdbc.sql("select count(*) from graded_system s where s.ordinal > 0" + where)
                    .params(parameters)
                    .query(Long.class)
                    .single());
  }

  /** What is due for a system by law. */
  public List<DueDate> due(GradedSystem system, @Nullable LocalDate lastAssessed) {
    return DueDate.of(system, lastAssessed, calendar);
  }

  private interface Step {
    GradedSystem from(GradedSystem was);
  }

  private GradedSystem change(Actor actor, SystemId id, long version, String action, Step step) {
    return changes.change(
        journal -> {
          GradedSystem now = step.from(SystemRow.current(journal, id, version));
          SystemRow.update(journal.jdbc(), now);
          Acts.write(journal, Act.of(actor, action, id, summary(now)));
          return now;
        });
  }

  private static GradedSystem with(
      GradedSystem was, @Nullable ExpertReview review, @Nullable FilingRecord filing) {
    return new GradedSystem(
        was.id(),
        was.version() + 1,
        was.name(),
        was.owner(),
        was.core(),
        was.platform(),
        was.grading(),
        review,
        filing);
  }

  private static String summary(GradedSystem system) {
    ExpertReview review = system.review();
    FilingRecord filing = system.filing();
    return system.name()
        + " / "
        + system.owner()
        + " / "
        + system.grading().code()
        + (review == null ? "" : " / " + review.by() + " " + review.on())
        + (filing == null ? "" : " / " + filing.certificate() + " " + filing.until());
  }

  private static String where(Filter filter, Map<String, Object> parameters) {
    StringBuilder where = new StringBuilder();
    if (!filter.text().isBlank()) {
      where.append(" and (s.name like :text or s.owner like :text)");
      parameters.put("text", "%" + filter.text().strip().replace("%", "") + "%");
    }
    if (filter.level() != null) {
      where.append(" and s.level = :level");
      parameters.put("level", filter.level());
    }
    if (filter.coreBelowThree()) {
      where.append(" and s.core = true and s.level < 3");
    }
    return where.toString();
  }

  private static Line line(ResultSet row, int n) throws SQLException {
    Long open = Rows.number(row, "open_round");
    return new Line(
        SystemRow.of(row, n),
        Rows.day(row, "last_cover"),
        row.getString("last_scores"),
        open == null ? null : new AssessmentId(open));
  }

  private static void requireName(String name) {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw new PlatformException(
          ConsoleErrorCode.SYSTEM_INVALID, "a name has 1 to " + MAX_NAME + " characters");
    }
  }
}
