// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.correlation.Context.DataSet;
import org.citywall.correlation.Context.Person;
import org.citywall.correlation.Context.PersonType;
import org.citywall.correlation.Context.RowLimit;
import org.jspecify.annotations.Nullable;

/** Look-ups in a context, as events need them. What an event says itself goes first. */
final class ContextIndex {

  private record TablePattern(Pattern pattern, int level) {}

  private final Context context;
  private final Map<String, Person> persons = new HashMap<>();
  private final Map<String, Integer> tables = new HashMap<>();
  private final List<TablePattern> patterns = new ArrayList<>();
  private final Map<PersonType, long[]> limits = new EnumMap<>(PersonType.class);

  ContextIndex(Context context) {
    this.context = context;
    context.persons().forEach(person -> persons.put(person.account(), person));
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
