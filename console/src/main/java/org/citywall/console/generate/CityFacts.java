// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.citywall.console.demo.Duty;
import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;
import org.citywall.console.demo.Unit;
import org.citywall.correlation.DataFacts;

/** What the rules about public data have to know of a generated city. */
final class CityFacts {

  static final int PLANTED = 40;

  private CityFacts() {}

  static DataFacts of(City city, Staging staging) {
    List<String> services =
        city.with(PersonType.SERVICE, Duty.BATCH).stream().map(Person::account).toList();
    return new DataFacts(
        sites(city),
        Set.of(SharingPlays.EGRESS),
        List.of(new DataFacts.BackupJob(DatabasePlays.BACKUP.account(), City.BACKUP_HOST, null)),
        city.apiKeys().stream().map(CityFacts::contract).toList(),
        staging.watched().watched().stream()
            .map(subject -> new DataFacts.Watched(subject, "public figure"))
            .toList(),
        IntStream.rangeClosed(1, PLANTED)
            .mapToObj(number -> "HT-" + number)
            .collect(Collectors.toCollection(TreeSet::new)),
        Set.of(ChainPlays.SAMPLE),
        Set.of("yunlan-desk"),
        List.of(services),
        Set.copyOf(services),
        staging.sharedSightings());
  }

  private static List<DataFacts.Site> sites(City city) {
    return city.units().stream()
        .map(Unit::region)
        .distinct()
        .map(region -> new DataFacts.Site(region, Places.ofRegion(region)))
        .toList();
  }

  /** As it is in force; who calls by its next version is ahead of it. */
  private static DataFacts.ApiContract contract(ApiKey key) {
    return new DataFacts.ApiContract(key.id(), key.perHour(), key.perDay(), 0, key.fields(), "1");
  }
}
