// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Micros;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.score.Result;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.assessment.ScoreSheet.Scored;
import org.citywall.console.state.StateChanges;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * Assessment rounds: begun with frameworks that are kept as they were, read as a whole, closed when
 * everything is settled. Fails with {@code CON-0059} for an unknown round. Safe for use by several
 * threads.
 */
public final class Assessments {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_FRAMEWORKS = 12;

  private final StateChanges changes;
  private final Supplier<Catalogues> catalogues;
  private final Clock clock;
  private final ZoneId zone;
  private final KeptFrameworks kept = new KeptFrameworks();

  /**
   * Rounds.
   *
   * @param catalogues asked each time, since officers publish frameworks of their own
   */
  public Assessments(
      StateChanges changes, Supplier<Catalogues> catalogues, Clock clock, ZoneId zone) {
    this.changes = changes;
    this.catalogues = catalogues;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * A round that is to begin.
   *
   * @param frameworks ids or references; the newest version of an id
   * @param attention share of the technical side, in hundredths, 0..100
   */
  public record Plan(SystemId system, List<String> frameworks, LocalDate cover, int attention) {

    /** Equal shares. */
    public static final int EVEN = 50;
  }

  /** The frameworks that a new round can be begun with. */
  public Catalogues catalogues() {
    return catalogues.get();
  }

  /** The day on which something counts that is done now. */
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /**
   * Begins a round; {@code CON-0069} where the system's last one is open, {@code CON-0083} where a
   * rule could not score the frameworks together.
   */
  public Assessment begin(Actor actor, Plan plan) {
    List<Catalogue> chosen = plan.frameworks().stream().distinct().map(catalogues()::get).toList();
    if (chosen.isEmpty() || chosen.size() > MAX_FRAMEWORKS) {
      throw new PlatformException(ConsoleErrorCode.PLAN_INVALID, "choose 1 to 12 frameworks");
    }
    if (chosen.stream().map(Catalogue::id).distinct().count() < chosen.size()) {
      throw new PlatformException(ConsoleErrorCode.PLAN_INVALID, "two versions of one framework");
    }
    if (plan.attention() < 0 || plan.attention() > 100) {
      throw new PlatformException(ConsoleErrorCode.PLAN_INVALID, "attention is 0..100");
    }
    ScoreSheet.requireScorable(chosen, today());
    return changes.change(
        journal -> {
          JdbcClient jdbc = journal.jdbc();
          GradedSystem system = SystemRow.get(jdbc, plan.system());
          List<Assessment> earlier = AssessmentRow.ofSystem(jdbc, plan.system());
          if (!earlier.isEmpty() && earlier.getFirst().open()) {
            throw new PlatformException(
                ConsoleErrorCode.ASSESSMENT_OPEN, earlier.getFirst().id().toString());
          }
          Assessment round =
              new Assessment(
                  new AssessmentId(Rows.next(jdbc, "assessment")),
                  plan.system(),
                  earlier.size() + 1,
                  plan.cover(),
                  BigDecimal.valueOf(plan.attention(), 2),
                  chosen.stream().map(Catalogue::reference).toList(),
                  journal.now(),
                  actor.user(),
                  null,
                  null,
                  null);
          AssessmentRow.insert(jdbc, round);
          keep(jdbc, round, chosen);
          fill(jdbc, round, system, chosen);
          Acts.write(journal, Act.of(actor, "assessment-begun", round, digests(chosen)));
          return round;
        });
  }

  /** The round without its items. */
  public Assessment header(AssessmentId id) {
    return changes.store().read(jdbc -> AssessmentRow.get(jdbc, id));
  }

  /** Rounds of a system, the latest first. */
  public List<Assessment> ofSystem(SystemId system) {
    return changes.store().read(jdbc -> AssessmentRow.ofSystem(jdbc, system));
  }

  public RoundView get(AssessmentId id) {
    return changes.store().read(jdbc -> view(jdbc, AssessmentRow.get(jdbc, id)));
  }

  /** What the round comes to by today. */
  public List<Scored> scores(RoundView round) {
    return new ScoreSheet(round, today()).all();
  }

  /** Acts on a round, the latest first. */
  public List<Acts.Done> acts(AssessmentId id, int limit) {
    return changes.store().read(jdbc -> Acts.of(jdbc, "assessment", id.ordinal(), limit));
  }

  /**
   * Closes a round for good with its scores; {@code CON-0062} while an item is untested, failed to
   * be checked or rests on expired evidence.
   */
  public Assessment close(Actor actor, AssessmentId id) {
    changes.change(
        journal -> {
          Assessment round = AssessmentRow.open(journal, id);
          RoundView view = view(journal.jdbc(), round);
          List<String> open = unsettled(view);
          if (!open.isEmpty()) {
            throw new PlatformException(
                ConsoleErrorCode.ASSESSMENT_UNSETTLED,
                open.size() + " items, first " + open.getFirst());
          }
          List<Scored> scored = scores(view);
          journal
              .jdbc()
              .sql(
                  """
                  update assessment set closed_at = :at, closed_by = :by, scores = :scores
                  where ordinal = :ordinal
                  """)
              .param("at", Micros.of(journal.now()))
              .param("by", actor.user())
              .param("scores", summary(scored))
              .param("ordinal", id.ordinal())
              .update();
          Acts.write(journal, Act.of(actor, "assessment-closed", round, summary(scored)));
          return id;
        });
    return header(id);
  }

  /** Items that keep a round from being closed and a report from being final. */
  public List<String> unsettled(RoundView view) {
    return view.results().stream()
        .filter(result -> result.unsettled(today()))
        .map(result -> result.key().control())
        .distinct()
        .toList();
  }

  private RoundView view(JdbcClient jdbc, Assessment round) {
    return new RoundView(
        round,
        SystemRow.get(jdbc, round.system()),
        kept.of(jdbc, round.id()),
        ItemRow.all(jdbc, round.id()),
        EvidenceRow.all(jdbc, round.id()),
        RiskRow.all(jdbc, round.id()),
        before(jdbc, round));
  }

  private static Map<ItemKey, Result> before(JdbcClient jdbc, Assessment round) {
    Map<ItemKey, Result> before = new HashMap<>();
    jdbc.sql(
            """
            select i.framework, i.item, i.object, i.outcome from assessment_item i
            join assessment a on a.ordinal = i.assessment
            where a.system = :system and a.round = :round
            """)
        .param("system", round.system().ordinal())
        .param("round", round.round() - 1)
        .query(
            row -> {
              before.put(
                  new ItemKey(row.getString(1), row.getString(2), row.getString(3)),
                  Result.valueOf(row.getString(4)));
            });
    return before;
  }

  private void keep(JdbcClient jdbc, Assessment round, List<Catalogue> chosen) {
    int position = 0;
    for (Catalogue framework : chosen) {
      kept.keep(jdbc, framework);
      jdbc.sql(
              """
              insert into assessment_framework (assessment, position, reference, digest)
              values (:round, :position, :reference, :digest)
              """)
          .param("round", round.id().ordinal())
          .param("position", position++)
          .param("reference", framework.reference())
          .param("digest", framework.digest())
          .update();
    }
  }

  /** An item of the platform takes its last closed conclusion; what has none stays untested. */
  private static void fill(
      JdbcClient jdbc, Assessment round, GradedSystem system, List<Catalogue> chosen) {
    Map<String, Result> platform =
        system.platform() == null ? Map.of() : concluded(jdbc, system.platform());
    List<ItemResult> all = new ArrayList<>();
    for (Catalogue framework : chosen) {
      for (Item item : framework.items()) {
        ItemKey key = new ItemKey(framework.id(), item.id(), ItemKey.WHOLE);
        boolean inherited = item.inherited() && system.platform() != null;
        ItemResult.Origin origin =
            inherited ? ItemResult.Origin.PLATFORM : ItemResult.Origin.NOBODY;
        ItemResult result = ItemRow.untested(key, origin);
        Result concluded = platform.get(key.control());
        all.add(inherited && concluded != null ? inheritedFrom(system, result, concluded) : result);
      }
    }
    ItemRow.insertAll(jdbc, round.id(), all);
  }

  private static ItemResult inheritedFrom(GradedSystem system, ItemResult of, Result concluded) {
    return new ItemResult(
        of.key(),
        of.version(),
        concluded,
        of.origin(),
        null,
        null,
        String.valueOf(system.platform()),
        null,
        null,
        null,
        null,
        null);
  }

  private static Map<String, Result> concluded(JdbcClient jdbc, @Nullable SystemId platform) {
    Map<String, Result> concluded = new HashMap<>();
    if (platform != null) {
      jdbc.sql(
              """
              select i.framework, i.item, i.outcome from assessment_item i
              where i.object = '' and i.assessment =
                (select max(a.ordinal) from assessment a
                 where a.system = :system and a.closed_at is not null)
              """)
          .param("system", platform.ordinal())
          .query(
              row -> {
                concluded.put(
                    row.getString(1) + "/" + row.getString(2), Result.valueOf(row.getString(3)));
              });
    }
    return concluded;
  }

  private static String digests(List<Catalogue> chosen) {
    return Acts.words(chosen.stream().map(f -> f.reference() + " sha256:" + f.digest()).toList());
  }

  private static String summary(List<Scored> scored) {
    ArrayNode all = JSON.createArrayNode();
    for (Scored one : scored) {
      all.addObject()
          .put("rule", one.score().rule())
          .put("score", one.score().score())
          .put("conclusion", one.score().conclusion());
    }
    return all.toString();
  }
}
