// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.calendar.LegalCalendar;
import org.citywall.compliance.catalogue.Catalogue.Importance;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.score.RiskGrade;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.RectificationTask.State;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The mending of findings: a task per item and object that does not conform, with owner and last
 * day by grade; the owner tells what was done, a retest closes it or sends it back. Fails with
 * {@code CON-0066} for an unknown task, {@code CON-0067} where its state does not allow it, {@code
 * CON-0058} where somebody else changed it first. Safe for use by several threads.
 */
public final class Rectification {

  private static final int MAX_PAGE = 200;
  private static final int MAX_TEXT = 4000;

  private final StateChanges changes;
  private final Assessments assessments;
  private final LegalCalendar calendar;
  private final Clock clock;
  private final ZoneId zone;

  public Rectification(
      StateChanges changes,
      Assessments assessments,
      LegalCalendar calendar,
      Clock clock,
      ZoneId zone) {
    this.changes = changes;
    this.assessments = assessments;
    this.calendar = calendar;
    this.clock = clock;
    this.zone = zone;
  }

  /** Opens a task for everything in a round that does not conform and has none; how many. */
  public int openAll(Actor actor, AssessmentId id, String owner) {
    requireText(owner, 200);
    RoundView view = assessments.get(id);
    LocalDate today = today();
    return changes.change(
        journal -> {
          Assessment round = AssessmentRow.open(journal, id);
          int opened = 0;
          for (ItemResult result : ItemRow.all(journal.jdbc(), id)) {
            boolean finding = ItemResult.failed(result.outcome(today));
            if (finding
                && result.origin() != ItemResult.Origin.PLATFORM
                && !hasTask(journal.jdbc(), id, result.key())) {
              open(journal, actor, round, result, grade(view, result), owner, today);
              opened++;
            }
          }
          return opened;
        });
  }

  private void open(
      Journal journal,
      Actor actor,
      Assessment round,
      ItemResult result,
      RiskGrade grade,
      String owner,
      LocalDate today) {
    TaskId task = new TaskId(Rows.next(journal.jdbc(), "rectification_task"));
    LocalDate due = calendar.rectificationDue(grade, today);
    journal
        .jdbc()
        .sql(
            """
            insert into rectification_task (ordinal, version, assessment, system, framework, item,
              object, grade, state, owner, due, found, before_text)
            values (:ordinal, 1, :round, :system, :framework, :item, :object, :grade, :state,
              :owner, :due, :found, :before)
            """)
        .param("ordinal", task.ordinal())
        .param("round", round.id().ordinal())
        .param("system", round.system().ordinal())
        .param("framework", result.key().framework())
        .param("item", result.key().item())
        .param("object", result.key().object())
        .param("grade", grade.name())
        .param("state", State.OPEN.name())
        .param("owner", owner)
        .param("due", due.toEpochDay())
        .param("found", result.stated().name())
        .param("before", result.comment())
        .update();
    Act act = Act.of(actor, "task-opened", round, owner + " / " + due);
    Acts.write(
        journal, act.on(List.of(result.key()), ScoreSheet.word(result.stated())).about(task));
  }

  /** The owner tells what was done about it. */
  public RectificationTask mended(Actor actor, TaskId id, long version, String after) {
    requireText(after, MAX_TEXT);
    return move(actor, id, version, State.OPEN, State.MENDED, "task-mended", after);
  }

  /** A retest failed: the task is the owner's again. */
  public RectificationTask sendBack(Actor actor, TaskId id, long version, String why) {
    requireText(why, MAX_TEXT);
    return move(actor, id, version, State.MENDED, State.OPEN, "task-returned", why);
  }

  /** A retest passed; {@code CON-0070} unless the item conforms by now or does not apply. */
  public RectificationTask close(Actor actor, TaskId id, long version) {
    return move(actor, id, version, State.MENDED, State.CLOSED, "task-closed", "");
  }

  public RectificationTask get(TaskId id) {
    return changes.store().read(jdbc -> get(jdbc, id));
  }

  /**
   * Tasks by last day, the earliest first.
   *
   * @param state or null for all
   * @param round or null for all
   */
  public List<RectificationTask> page(
      @Nullable State state, @Nullable AssessmentId round, int skip, int limit) {
    return changes
        .store()
        .read(
            jdbc ->
                jdbc.sql(
                        "select * from rectification_task where ordinal > 0"
                            + (state == null ? "" : " and state = :state")
                            + (round == null ? "" : " and assessment = :round")
                            + " order by due, ordinal limit :limit offset :skip")
                    .param("state", state == null ? null : state.name())
                    .param("round", round == null ? null : round.ordinal())
                    .param("limit", Math.min(limit, MAX_PAGE))
                    .param("skip", skip)
                    .query(Rectification::of)
                    .list());
  }

  public long count(@Nullable State state) {
    return changes
        .store()
        .read(
            jdbc ->
                jdbc.sql(
                        "select count(*) from rectification_task"
                            + (state == null ? "" : " where state = :state"))
                    .param("state", state == null ? null : state.name())
                    .query(Long.class)
                    .single());
  }

  /**
   * How a task that was due came out.
   *
   * @param closedOn null while it is not closed
   * @param leaf entry of the log that tells of its closing
   */
  public record Outcome(
      TaskId task, LocalDate due, @Nullable LocalDate closedOn, Optional<Long> leaf) {

    public boolean inTime() {
      return closedOn != null && !closedOn.isAfter(due);
    }
  }

  /** Tasks whose last day is in this time. */
  public List<Outcome> due(LocalDate from, LocalDate to) {
    return changes
        .store()
        .read(
            jdbc ->
                jdbc.sql(
                        """
                        select t.ordinal, t.due, max(a.at_micros) as closed_at,
                          max(a.leaf) as closed_leaf
                        from rectification_task t
                        left join compliance_act a
                          on a.task = t.ordinal and a.action = 'task-closed'
                        where t.due between :from and :to
                        group by t.ordinal, t.due order by t.ordinal
                        """)
                    .param("from", from.toEpochDay())
                    .param("to", to.toEpochDay())
                    .query(this::outcome)
                    .list());
  }

  private Outcome outcome(ResultSet row, int n) throws SQLException {
    Instant closed = Rows.time(row, "closed_at");
    return new Outcome(
        new TaskId(row.getLong("ordinal")),
        LocalDate.ofEpochDay(row.getLong("due")),
        closed == null ? null : LocalDate.ofInstant(closed, zone),
        Optional.ofNullable(Rows.number(row, "closed_leaf")));
  }

  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  private RectificationTask move(
      Actor actor, TaskId id, long version, State from, State to, String action, String note) {
    return changes.change(
        journal -> {
          RectificationTask was = get(journal.jdbc(), id);
          if (was.version() != version) {
            throw new PlatformException(ConsoleErrorCode.COMPLIANCE_CHANGED, id.toString());
          }
          if (was.state() != from) {
            throw new PlatformException(ConsoleErrorCode.TASK_STATE, id + " is " + was.state());
          }
          if (to == State.CLOSED) {
            requireConforms(journal.jdbc(), was);
          }
          journal
              .jdbc()
              .sql(
                  """
                  update rectification_task set state = :state, version = version + 1,
                    after_text = :after where ordinal = :ordinal
                  """)
              .param("state", to.name())
              .param("after", to == State.MENDED ? note : was.after())
              .param("ordinal", id.ordinal())
              .update();
          Assessment round = AssessmentRow.get(journal.jdbc(), was.assessment());
          Act act = Act.of(actor, action, round, note);
          Acts.write(journal, act.on(List.of(was.key()), null).about(id));
          return get(journal.jdbc(), id);
        });
  }

  private static void requireConforms(JdbcClient jdbc, RectificationTask task) {
    Result now = ItemRow.get(jdbc, task.assessment(), task.key()).stated();
    if (now != Result.CONFORM && now != Result.NOT_APPLICABLE) {
      throw new PlatformException(ConsoleErrorCode.NOT_MENDED, task.key().control());
    }
  }

  private static boolean hasTask(JdbcClient jdbc, AssessmentId round, ItemKey key) {
    return jdbc.sql(
                """
                select count(*) from rectification_task where assessment = :round
                  and framework = :framework and item = :item and object = :object
                  and state <> 'CLOSED'
                """)
            .param("round", round.ordinal())
            .param("framework", key.framework())
            .param("item", key.item())
            .param("object", key.object())
            .query(Long.class)
            .single()
        > 0;
  }

  /** The gravest risk noted of the item, else by its importance. */
  private static RiskGrade grade(RoundView view, ItemResult result) {
    return view.risks().stream()
        .filter(risk -> risk.item().equals(result.key().control()) && !risk.mended())
        .map(RemainingRisk::grade)
        .max(RiskGrade::compareTo)
        .orElseGet(() -> byImportance(importance(view, result.key())));
  }

  private static @Nullable Importance importance(RoundView view, ItemKey key) {
    return view.frameworks().stream()
        .filter(framework -> framework.id().equals(key.framework()))
        .findFirst()
        .flatMap(framework -> framework.item(key.item()))
        .map(item -> item.importance())
        .orElse(null);
  }

  private static RiskGrade byImportance(@Nullable Importance importance) {
    if (importance == null) {
      return RiskGrade.MEDIUM;
    }
    return switch (importance) {
      case KEY -> RiskGrade.HIGH;
      case IMPORTANT -> RiskGrade.MEDIUM;
      case ORDINARY -> RiskGrade.LOW;
    };
  }

  private static RectificationTask get(JdbcClient jdbc, TaskId id) {
    return jdbc.sql("select * from rectification_task where ordinal = :ordinal")
        .param("ordinal", id.ordinal())
        .query(Rectification::of)
        .optional()
        .orElseThrow(() -> new PlatformException(ConsoleErrorCode.TASK_UNKNOWN, id.toString()));
  }

  private static RectificationTask of(ResultSet row, int n) throws SQLException {
    return new RectificationTask(
        new TaskId(row.getLong("ordinal")),
        row.getLong("version"),
        new AssessmentId(row.getLong("assessment")),
        new SystemId(row.getLong("system")),
        new ItemKey(row.getString("framework"), row.getString("item"), row.getString("object")),
        RiskGrade.valueOf(row.getString("grade")),
        State.valueOf(row.getString("state")),
        row.getString("owner"),
        Objects.requireNonNull(Rows.day(row, "due")),
        Result.valueOf(row.getString("found")),
        row.getString("before_text"),
        row.getString("after_text"));
  }

  private static void requireText(String text, int most) {
    if (text.isBlank() || text.length() > most) {
      throw new PlatformException(ConsoleErrorCode.SETTLEMENT_INVALID, "a text is missing");
    }
  }
}
