// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.citywall.correlation.TrailWatch.Setup;

/** The watches over access to public data, by the rules that they serve. */
final class PublicDataWatches {

  private static final Map<String, Function<RuleMetadata, Setup>> TRAILS = trails();

  private static final Map<String, BiFunction<RuleMetadata, Dossiers, Setup>> WITH_DOSSIERS =
      new TreeMap<>(
          Map.of(
              "slow-drip", SlowDrip::of,
              "dormant-account", Volumes::dormant,
              "first-day", Volumes::firstDay,
              "leaver-surge", Volumes::leaver));

  /** The rule about clocks, which a detector of its own serves. */
  static final String CLOCK = "clock-tamper";

  private static final String UNMASKING = "unmasking";
  private static final String TAMPER = "detector-tamper";

  /** Rules that are judged by one file, see {@code crossings.drl}; in alphabetical order. */
  static final List<String> RULES =
      Stream.of(TRAILS.keySet(), WITH_DOSSIERS.keySet(), Set.of(CLOCK, TAMPER))
          .flatMap(Set::stream)
          .sorted()
          .toList();

  private PublicDataWatches() {}

  private static Map<String, Function<RuleMetadata, Setup>> trails() {
    Map<String, Function<RuleMetadata, Setup>> trails = new LinkedHashMap<>();
    trails.put("key-walk", Probing::keyWalk);
    trails.put("column-probing", Probing::columnProbing);
    trails.put("tracker-pair", Probing::trackerPair);
    trails.put("prefix-growth", Probing::prefixGrowth);
    trails.put("api-scraping", Probing::apiScraping);
    trails.put("shared-account", Overlaps::sharedAccount);
    trails.put("impossible-travel", Overlaps::travel);
    trails.put("privilege-export", Sequences::privilegeExport);
    trails.put("uncatalogued-table", Singles::uncatalogued);
    trails.put("watermark-found", Singles::watermark);
    trails.put("honey-touched", Singles::honey);
    trails.put("api-purpose", Singles::apiPurpose);
    trails.put("linkage", Overlaps::linkage);
    trails.put("mass-change", MassChange::of);
    trails.put("decision-changed", Singles::decision);
    trails.put("change-reverted", Sequences::revert);
    trails.put("injection-success", Sequences::injection);
    trails.put("carry-out", Sequences::carryOut);
    trails.put("snooping", Singles::snooping);
    trails.put("split-export", Overlaps::splitExport);
    trails.put("cross-site", Overlaps::crossSite);
    trails.put("api-quota", Volumes::apiQuota);
    trails.put("backup-volume", Volumes::backup);
    trails.put(UNMASKING, Volumes::unmasking);
    return trails;
  }

  static List<Watch> forPack(RulePack pack, EngineOptions options, Map<String, String> lasting) {
    List<Watch> watches = new ArrayList<>();
    if (pack.has("dormant-account")) {
      long sleep = pack.rule("dormant-account").duration("sleep").toNanos() / 1000;
      Dossiers dossiers = new Dossiers(sleep, options, lasting);
      watches.add(dossiers);
      WITH_DOSSIERS.forEach(
          (rule, setup) -> {
            if (pack.has(rule)) {
              Setup made = setup.apply(pack.rule(rule), dossiers);
              watches.add(new TrailWatch(made, options, lasting));
            }
          });
    }
    TRAILS.forEach(
        (rule, setup) -> {
          if (pack.has(rule)) {
            watches.add(new TrailWatch(setup.apply(pack.rule(rule)), options, lasting));
          }
        });
    if (pack.has(UNMASKING)) {
      watches.add(new OwnApprovals(pack.rule(UNMASKING), options, lasting));
    }
    if (pack.has(TAMPER)) {
      watches.add(new TamperWatch(pack.rule(TAMPER), options, lasting));
    }
    return watches;
  }
}
