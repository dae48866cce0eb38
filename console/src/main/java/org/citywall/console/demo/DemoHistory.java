// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citywall.audit.event.Micros;
import org.citywall.audit.log.Entry;
import org.citywall.audit.subject.SubjectKey;
import org.jspecify.annotations.Nullable;

/**
 * Thirty days of the city's events up to its end, day after day: what everybody does every day, and
 * the planted stories between. The same city gives the same bytes.
 */
public final class DemoHistory {

  public static final Duration LENGTH = Duration.ofDays(30);

  static final List<String> TAGS = List.of("demo");
  static final String COLLECTOR = "citywall/collector";
  static final String TICKER = "citywall/tick";

  private static final long MINUTE = 60_000_000;

  private final DemoCity city;
  private final CityCalendar calendar;
  private final OfficeWork office;
  private final HostWork hosts;
  private final Map<LocalDate, List<DemoRecord>> stories;
  private final long start;
  private final long end;
  private final Story silence;

  private final @Nullable DemoSubjects subjects;

  /** A history that tells nobody apart. */
  public DemoHistory(DemoCity city) {
    this(city, null);
  }

  /**
   * @param key under which residents are told apart; null where they are not
   */
  public DemoHistory(DemoCity city, @Nullable SubjectKey key) {
    this.city = city;
    this.subjects =
        key == null ? null : new DemoSubjects(key, new DemoRows(city.seed()).residents());
    this.calendar = new CityCalendar(city.holidays());
    this.office = new OfficeWork(city);
    this.hosts = new HostWork(city);
    this.stories =
        new StoryScripts(city)
            .play().stream()
                .collect(Collectors.groupingBy(record -> dayOf(Micros.toInstant(record.at()))));
    this.start = Micros.of(city.end().minus(LENGTH));
    this.end = Micros.of(city.end());
    this.silence = city.story(StoryKind.SILENT_SOURCE);
  }

  /** The entries of one day after the other, each day in order of time; to be read once. */
  public Stream<List<Entry>> days() {
    EntryMaker maker = new EntryMaker(start, city.seed(), subjects);
    LocalDate first = dayOf(Micros.toInstant(start));
    LocalDate last = dayOf(city.end());
    return first.datesUntil(last.plusDays(1)).sequential().map(day -> maker.entries(records(day)));
  }

  /** Every record of a day in order of time, with a tick for each minute without one. */
  private Iterator<DemoRecord> records(LocalDate day) {
    RandomGenerator random = DemoCity.random(city.seed() * 1_000_003 + day.toEpochDay());
    Rhythm rhythm = new Rhythm(day, random);
    List<DemoRecord> records = new ArrayList<>(8_192);
    if (calendar.works(day)) {
      office.workday(rhythm, random, records::add);
      hosts.sessions(rhythm, random, records::add);
    } else {
      office.dayOff(rhythm, random, records::add);
    }
    office.nightBatches(rhythm, random, records::add);
    hosts.cron(rhythm, random, records::add);
    hosts.scanners(rhythm, random, records::add);
    records.addAll(stories.getOrDefault(day, List.of()));
    records.removeIf(record -> record.at() < start || record.at() >= end || isSilenced(record));
    records.sort(Comparator.comparingLong(DemoRecord::at).thenComparing(DemoRecord::source));
    return withTicks(records, rhythm).iterator();
  }

  private List<DemoRecord> withTicks(List<DemoRecord> records, Rhythm rhythm) {
    List<DemoRecord> all = new ArrayList<>(records.size() + 1_440);
    long minute = Math.max(start, rhythm.midnight());
    long until = Math.min(end, rhythm.midnight() + 1_440 * MINUTE);
    int next = 0;
    for (; minute < until; minute += MINUTE) {
      int before = next;
      while (next < records.size() && records.get(next).at() < minute + MINUTE) {
        all.add(records.get(next++));
      }
      if (next == before) {
        all.add(new Tick(Math.min(minute + MINUTE, until) - 1));
      }
    }
    all.addAll(records.subList(next, records.size()));
    return all;
  }

  private boolean isSilenced(DemoRecord record) {
    return record.source().equals(silence.actor())
        && record.at() >= Micros.of(silence.from())
        && record.at() < Micros.of(silence.until());
  }

  private static LocalDate dayOf(Instant instant) {
    return instant.atZone(CityCalendar.ZONE).toLocalDate();
  }
}
