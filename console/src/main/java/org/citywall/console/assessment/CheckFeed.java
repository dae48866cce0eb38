// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.assessment;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogues;
import org.citywall.compliance.catalogue.ItemRef;
import org.citywall.compliance.check.Check;
import org.citywall.compliance.check.CheckResult;
import org.citywall.compliance.check.Checks;
import org.citywall.compliance.score.Result;
import org.citywall.compliance.waiver.Waivers;
import org.citywall.console.Actor;
import org.citywall.console.state.Journal;
import org.citywall.console.state.StateChanges;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Takes what a run of checks said into the items of an open round, one object per target. The last
 * run decides. It never lifts what a person settled, and what the platform answers for it leaves
 * alone. What does not conform and is waived leaves the base until the waiver ends, and counts as
 * it was found from then on. Waivers are those that the console itself finds signed, whatever the
 * results say of one.
 */
public final class CheckFeed {

  private static final int MAX_CONTROLS = 1000;

  private final StateChanges changes;
  private final Checks checks;
  private final Supplier<Catalogues> catalogues;
  private final GrantedWaivers waivers;
  private final ZoneId zone;

  /**
   * A feed.
   *
   * @param checks whose items are known
   * @param catalogues asked each time; they say where else an item's requirement stands
   * @param waivers read anew for each feed; what it throws, nothing is fed
   */
  public CheckFeed(
      StateChanges changes,
      Checks checks,
      Supplier<Catalogues> catalogues,
      GrantedWaivers waivers,
      ZoneId zone) {
    this.changes = changes;
    this.checks = checks;
    this.catalogues = catalogues;
    this.waivers = waivers;
    this.zone = zone;
  }

  /**
   * What came of a feed.
   *
   * @param taken items and objects whose outcome the run decided
   * @param kept those where a person's outcome stands
   * @param unmatched results whose check or items this round does not know
   * @param waived of those taken, how many a waiver covers
   */
  public record Fed(int taken, int kept, int unmatched, int waived) {}

  /**
   * Feeds an open round with results that somebody brought; {@code CON-0060} where it is closed.
   */
  public Fed feed(Actor actor, AssessmentId id, List<CheckResult> results) {
    return feed(actor, id, results, "brought");
  }

  /**
   * Feeds an open round; {@code CON-0060} where it is closed.
   *
   * @param from where the results are from, for the log
   */
  public Fed feed(Actor actor, AssessmentId id, List<CheckResult> results, String from) {
    Waivers granted = waivers.read();
    return changes.change(
        journal -> {
          Assessment round = AssessmentRow.open(journal, id);
          Map<ItemKey, List<CheckResult>> byItem = new LinkedHashMap<>();
          int unmatched = sort(new KeptFrameworks().of(journal.jdbc(), id), results, byItem);
          Map<ItemKey, ItemResult> now = new LinkedHashMap<>();
          ItemRow.all(journal.jdbc(), id).forEach(item -> now.put(item.key(), item));
          List<ItemResult> taken = new ArrayList<>();
          byItem.forEach(
              (key, said) -> {
                ItemResult result = take(journal, id, now, key, said, granted);
                if (result != null) {
                  taken.add(result);
                  addEvidence(journal, actor, id, key, said);
                }
              });
          int waived = (int) taken.stream().filter(item -> item.applicability() != null).count();
          Fed fed = new Fed(taken.size(), byItem.size() - taken.size(), unmatched, waived);
          Act act = Act.of(actor, "checks-fed", round, from + ": " + note(results, fed));
          List<ItemKey> keys = taken.stream().map(ItemResult::key).limit(MAX_CONTROLS).toList();
          Acts.write(journal, act.on(keys, null));
          return fed;
        });
  }

  /** Results by item and target; returns how many belong to none. */
  private int sort(
      List<Catalogue> frameworks,
      List<CheckResult> results,
      Map<ItemKey, List<CheckResult>> byItem) {
    Map<String, Set<ItemRef>> served = new HashMap<>();
    int unmatched = 0;
    for (CheckResult result : results) {
      Set<ItemRef> items =
          served.computeIfAbsent(result.check(), check -> served(frameworks, check));
      for (ItemRef item : items) {
        ItemKey key = new ItemKey(item.catalogue(), item.item(), result.target());
        byItem.computeIfAbsent(key, k -> new ArrayList<>()).add(result);
      }
      unmatched += items.isEmpty() ? 1 : 0;
    }
    return unmatched;
  }

  /** Items of the round that a check serves: those it names, and the same at other levels. */
  private Set<ItemRef> served(List<Catalogue> frameworks, String check) {
    Set<ItemRef> served = new LinkedHashSet<>();
    for (String item : checks.find(check).map(Check::items).orElse(List.of())) {
      for (Catalogue framework : frameworks) {
        if (framework.item(item).isPresent()) {
          served.add(new ItemRef(framework.id(), item));
        }
        catalogues.get().servedBy(item).stream()
            .filter(ref -> ref.catalogue().equals(framework.id()))
            .filter(ref -> framework.item(ref.item()).isPresent())
            .forEach(served::add);
      }
    }
    return served;
  }

  /** What the item came to; null where it stays as it is. */
  private static @Nullable ItemResult take(
      Journal journal,
      AssessmentId id,
      Map<ItemKey, ItemResult> now,
      ItemKey key,
      List<CheckResult> said,
      Waivers granted) {
    JdbcClient jdbc = journal.jdbc();
    ItemKey whole = new ItemKey(key.framework(), key.item(), ItemKey.WHOLE);
    ItemResult ofWhole = now.get(whole);
    if (ofWhole != null && ofWhole.origin() == ItemResult.Origin.PLATFORM) {
      return null;
    }
    Result outcome = CheckVerdict.combined(said);
    ItemResult was = now.get(key);
    if (was != null
        && was.origin() == ItemResult.Origin.PERSON
        && !CheckVerdict.lower(outcome, was.stated())) {
      return null;
    }
    ItemResult result =
        new ItemResult(
            key,
            was == null ? 1 : was.version() + 1,
            outcome,
            ItemResult.Origin.CHECK,
            null,
            null,
            CheckVerdict.comment(said, granted, journal.now()),
            CheckVerdict.waived(said, granted, journal.now()),
            null,
            null,
            null,
            journal.now());
    if (was == null) {
      ItemRow.insert(jdbc, id, result);
    } else {
      ItemRow.update(jdbc, id, result);
    }
    now.put(key, result);
    boolean idle = ofWhole != null && ofWhole.origin() == ItemResult.Origin.NOBODY;
    if (idle && !key.object().isEmpty()) {
      ItemRow.delete(jdbc, id, whole);
      now.remove(whole);
    }
    return result;
  }

  private void addEvidence(
      Journal journal, Actor actor, AssessmentId id, ItemKey key, List<CheckResult> said) {
    for (CheckResult result : said) {
      if (!result.digest().isEmpty()) {
        LocalDate day = LocalDate.ofInstant(result.collectedAt(), zone);
        String name = result.check() + " v" + result.version() + " @ " + result.target();
        EvidenceRow.insert(
            journal, actor, id, key, Evidence.brought(name, null, result.digest(), day, day));
      }
    }
  }

  private static String note(List<CheckResult> results, Fed fed) {
    return results.size()
        + " results; taken "
        + fed.taken()
        + ", kept "
        + fed.kept()
        + ", unmatched "
        + fed.unmatched()
        + ", waived "
        + fed.waived();
  }
}
