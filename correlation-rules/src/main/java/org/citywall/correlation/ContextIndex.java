// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.DataSet;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Context.RowLimit;
import org.citywall.correlation.DataFacts.ApiContract;
import org.jspecify.annotations.Nullable;

/** Look-ups in a context, as events need them. What an event says itself goes first. */
final class ContextIndex {

  private record TablePattern(Pattern pattern, int level) {}

  private final Context context;
  private final Map<String, Person> persons = new HashMap<>();
  private final Map<String, Integer> tables = new HashMap<>();
  private final List<TablePattern> patterns = new ArrayList<>();
  private final Set<String> watched = new HashSet<>();
  private final Map<String, ApiContract> contracts = new HashMap<>();
  private final Map<String, List<String>> groups = new HashMap<>();
  private final Map<String, String> locations = new HashMap<>();
  private final Map<PersonType, long[]> limits = new EnumMap<>(PersonType.class);

  ContextIndex(Context context) {
    this.context = context;
    context.persons().forEach(person -> persons.put(person.account(), person));
    for (Person person : context.persons()) {
      if (person.group() != null) {
        groups.computeIfAbsent(person.group(), g -> new ArrayList<>()).add(person.account());
      }
    }
    context.facts().watchList().forEach(each -> watched.add(each.subject()));
    context.facts().apiContracts().forEach(each -> contracts.put(each.key(), each));
    context
        .facts()
        .sites()
        .forEach(site -> locations.put(site.name(), Objects.toString(site.location(), "")));
    for (DataSet dataSet : context.dataSets()) {
      if (dataSet.table().contains("*")) {
        String regex = "\\Q" + dataSet.table().replace("*", "\\E.*\\Q") + "\\E";
        patterns.add(new TablePattern(Pattern.compile(regex), dataSet.level()));
      } else {
        tables.merge(dataSet.table(), dataSet.level(), Math::max);
      }
    }
    for (RowLimit limit : context.limits()) {
      long[] byLevel = limits.computeIfAbsent(limit.type(), type -> new long[] {-1, -1, -1, -1});
      byLevel[limit.level() - 1] = limit.rowsPerHour();
    }
  }

  Context context() {
    return context;
  }

  @Nullable Person person(String account) {
    return persons.get(account);
  }

  DataFacts facts() {
    return context.facts();
  }

  /** Whether the record of this person is watched; {@code subject} is its digest. */
  boolean isWatched(String subject) {
    return watched.contains(subject);
  }

  /** What this key may do, or null. */
  @Nullable ApiContract contract(String key) {
    return contracts.get(key);
  }

  /** Accounts of the people who do the same work, empty where nobody said. */
  List<String> peers(@Nullable Person person) {
    return person == null || person.group() == null
        ? List.of()
        : groups.getOrDefault(person.group(), List.of());
  }

  /** Latitude and longitude of a site, empty where it has none, null where it is no site. */
  @Nullable String location(String site) {
    return locations.get(site);
  }

  /** Whether this account runs a dump or crawl from this address that is meant to be. */
  boolean isMeantJob(Fact fact) {
    return facts().backupJobs().stream()
        .anyMatch(
            job ->
                job.account().equals(fact.account())
                    && (job.address().equals(fact.text(Field.SOURCE_IP))
                        || job.address().equals(fact.text(Field.HOST_NAME)))
                    && (job.statement() == null
                        || job.statement().equals(fact.text(Field.DB_STATEMENT_HASH))));
  }

  PersonType personType(Event event, @Nullable Person person) {
    String claimed = event.text(Field.GOV_PERSON_TYPE);
    if (claimed != null) {
      switch (claimed.toLowerCase(Locale.ROOT)) {
        case "outsourced":
          return PersonType.OUTSOURCED;
        case "service":
          return PersonType.SERVICE;
        case "staff":
          return PersonType.STAFF;
        default:
          break;
      }
    }
    return person == null ? PersonType.STAFF : person.type();
  }

  /** Highest level of the data that the event touched, 0 where nobody knows. */
  int level(Event event) {
    long said = event.number(Field.GOV_DATA_LEVEL, 0);
    int level = said < 1 || said > 4 ? 0 : (int) said;
    for (String table : event.texts(Field.DB_TABLE)) {
      level = Math.max(level, level(table));
    }
    return level;
  }

  OptionalLong limit(PersonType type, int level) {
    long[] byLevel = limits.get(type);
    return byLevel == null || byLevel[level - 1] < 0
        ? OptionalLong.empty()
        : OptionalLong.of(byLevel[level - 1]);
  }

  private int level(String table) {
    Integer known = tables.get(table);
    int level = known == null ? 0 : known;
    if (known == null) {
      for (TablePattern candidate : patterns) {
        if (candidate.level() > level && candidate.pattern().matcher(table).matches()) {
          level = candidate.level();
        }
      }
    }
    return level;
  }
}
