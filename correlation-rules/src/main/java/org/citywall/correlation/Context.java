// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the city knows about itself and an event does not say: who works for whom, when, on what,
 * under which approval. Immutable; a change is a new context with a new version. {@link
 * ContextFile} reads one from YAML.
 *
 * @param version name of this state, kept with what was decided under it
 * @param sharedAddresses addresses behind which many persons work (gateways, terminal servers);
 *     log-ins from there are counted for each account
 * @param approvedStatements digests ({@code db.statement.hash}) of statements that applications
 *     repeat for good reason
 * @param facts what only the rules about public data ask for
 */
public record Context(
    String version,
    WorkCalendar calendar,
    List<Roster> rosters,
    List<Unit> units,
    List<Vendor> vendors,
    List<Person> persons,
    List<DataSet> dataSets,
    List<Ticket> tickets,
    List<RowLimit> limits,
    Set<String> sharedAddresses,
    Set<String> approvedStatements,
    DataFacts facts) {

  public Context {
    Objects.requireNonNull(facts, "facts are missing");
    Objects.requireNonNull(version, "version is missing");
    Objects.requireNonNull(calendar, "calendar is missing");
    rosters = List.copyOf(rosters);
    units = List.copyOf(units);
    vendors = List.copyOf(vendors);
    persons = List.copyOf(persons);
    dataSets = List.copyOf(dataSets);
    tickets = List.copyOf(tickets);
    limits = List.copyOf(limits);
    sharedAddresses = Set.copyOf(sharedAddresses);
    approvedStatements = Set.copyOf(approvedStatements);
    requireKnown(persons, rosters, vendors);
  }

  // A person on a roster that does not exist would be on no roster: off duty for no rule.
  private static void requireKnown(
      List<Person> persons, List<Roster> rosters, List<Vendor> vendors) {
    Set<String> known = new HashSet<>();
    rosters.forEach(roster -> known.add("roster " + roster.name()));
    vendors.forEach(vendor -> known.add("vendor " + vendor.id()));
    for (Person person : persons) {
      if (person.roster() != null && !known.contains("roster " + person.roster())) {
        throw new IllegalArgumentException(
            person.account() + " is on an unknown roster: " + person.roster());
      }
      if (person.vendor() != null && !known.contains("vendor " + person.vendor())) {
        throw new IllegalArgumentException(
            person.account() + " is of an unknown vendor: " + person.vendor());
      }
    }
  }

  /**
   * Content of this context in one word: SHA-256 in hexadecimal, the same for equal contexts
   * wherever they come from.
   */
  public String digest() {
    return Digest.ofJson(
        List.of(
            version,
            List.of(
                calendar.zone().getId(),
                calendar.from(),
                calendar.to(),
                sorted(calendar.holidays()),
                sorted(calendar.movedWorkdays())),
            rosters,
            units,
            vendors,
            persons,
            dataSets,
            tickets,
            limits,
            sorted(sharedAddresses),
            sorted(approvedStatements),
            facts.ordered()));
  }

  private static <T> List<T> sorted(Set<T> set) {
    return set.stream().sorted().toList();
  }

  /** A context that knows nobody; persons count as staff unless an event says otherwise. */
  public static Context empty() {
    return builder("empty").build();
  }

  public static Builder builder(String version) {
    return new Builder(version);
  }

  /** How somebody stands to the city; {@code gov.person.type} in lower case. */
  public enum PersonType {
    STAFF,
    OUTSOURCED,
    SERVICE
  }

  /**
   * The holder of an account.
   *
   * @param vendor id of the vendor an outsourced person works for
   * @param roster name of the roster that says when the person is on duty; without one the work
   *     calendar does
   * @param group name of the people who do the same work, whom the person is compared with
   * @param subject keyed digest of the person's own record, as in {@code gov.subjects.digests}
   * @param related digests of the records of relatives and colleagues
   * @param created when the account was made
   * @param lastSeen when the account was used last before this context was written
   * @param returned when the person came back from leave
   * @param leaves last day in the post
   * @param roleChanged when the person was given other work
   */
  public record Person(
      String account,
      String name,
      PersonType type,
      @Nullable String unit,
      @Nullable String vendor,
      @Nullable String roster,
      @Nullable String group,
      @Nullable String subject,
      @Nullable List<String> related,
      @Nullable Instant created,
      @Nullable Instant lastSeen,
      @Nullable Instant returned,
      @Nullable LocalDate leaves,
      @Nullable Instant roleChanged) {
    public Person {
      Objects.requireNonNull(account, "account is missing");
      Objects.requireNonNull(name, "name is missing");
      Objects.requireNonNull(type, "type is missing");
      related = related == null ? List.of() : List.copyOf(related);
    }

    /** A person of whom no more is known. */
    public Person(
        String account,
        String name,
        PersonType type,
        @Nullable String unit,
        @Nullable String vendor,
        @Nullable String roster) {
      this(
          account, name, type, unit, vendor, roster, null, null, null, null, null, null, null,
          null);
    }
  }

  /** A unit of government by its code. */
  public record Unit(String code, String name) {
    public Unit {
      Objects.requireNonNull(code, "code is missing");
      Objects.requireNonNull(name, "name is missing");
    }
  }

  /**
   * A company that supplies people.
   *
   * @param agreementUntil last day of its confidentiality agreement (保密协议); null where none is
   *     recorded, which no rule takes for expired
   * @param contractUntil last day of its contract
   */
  public record Vendor(
      String id,
      String name,
      @Nullable LocalDate agreementUntil,
      @Nullable LocalDate contractUntil) {
    public Vendor {
      Objects.requireNonNull(id, "id is missing");
      Objects.requireNonNull(name, "name is missing");
    }

    /** Whether the confidentiality agreement had run out on this day. */
    public boolean agreementExpiredOn(LocalDate day) {
      return agreementUntil != null && day.isAfter(agreementUntil);
    }
  }

  /**
   * A data set of the catalogue.
   *
   * @param table {@code schema.table}; {@code *} stands for any characters
   * @param level 1..4
   */
  public record DataSet(
      String table, int level, @Nullable String owner, @Nullable String category) {
    public DataSet {
      Objects.requireNonNull(table, "table is missing");
      if (level < 1 || level > 4) {
        throw new IllegalArgumentException("level must be 1..4, not " + level);
      }
    }
  }

  /** What a ticket permits. */
  public enum TicketKind {
    /** Work outside the roster; subject is an account. */
    ON_CALL,
    /** Reading more rows than the limit, by {@code quota} rows; subject is an account. */
    EXPORT,
    /** A source may be silent; subject is the source's id. */
    MAINTENANCE,
    /** An agreed attack; subject is the address it comes from. */
    SECURITY_TEST,
    /** A change of rights, settings or data; subject is the account that makes it. */
    CHANGE,
    /** A release of software that changes data; subject is the account that makes it. */
    RELEASE,
    /** A move of data; subject is the account that makes it. */
    MIGRATION,
    /** A correction of data; subject is the account that makes it. */
    DATA_FIX,
    /** Access in an emergency; subject is an account. */
    BREAK_GLASS,
    /** Calls of citizens that are answered from their records; subject is an account. */
    HELP_DESK,
    /** A case that somebody works on; subject is an account. */
    CASE,
    /** Work that is handed over by somebody who leaves; subject is an account. */
    HANDOVER,
    /** Files that may be carried out; subject is an account. */
    TRANSFER,
    /** Data of several units that may be joined; subject is the project's id or an account. */
    LINKAGE,
    /** Days with more calls than the contract allows; subject is the key's id. */
    CAMPAIGN
  }

  /**
   * An approval.
   *
   * @param quota rows per hour beyond the limit, 0 where the kind has none
   * @param from start, inclusive
   * @param to end, exclusive
   */
  public record Ticket(
      String id, TicketKind kind, String subject, long quota, Instant from, Instant to) {
    public Ticket {
      Objects.requireNonNull(id, "id is missing");
      Objects.requireNonNull(kind, "kind is missing");
      Objects.requireNonNull(subject, "subject is missing");
      Objects.requireNonNull(from, "from is missing");
      Objects.requireNonNull(to, "to is missing");
      if (quota < 0 || !from.isBefore(to)) {
        throw new IllegalArgumentException("quota must not be negative and from before to");
      }
    }

    public boolean validAt(Instant time) {
      return !time.isBefore(from) && time.isBefore(to);
    }
  }

  /** How many rows of this level an account of this type may read in one hour. */
  public record RowLimit(PersonType type, int level, long rowsPerHour) {
    public RowLimit {
      Objects.requireNonNull(type, "type is missing");
      if (level < 1 || level > 4 || rowsPerHour < 0) {
        throw new IllegalArgumentException("level must be 1..4 and rows not negative");
      }
    }
  }

  /** Collects the parts of a context; not safe for use by several threads. */
  public static final class Builder {

    private final String version;
    private WorkCalendar calendar = WorkCalendar.weekdays();
    private final List<Roster> rosters = new ArrayList<>();
    private final List<Unit> units = new ArrayList<>();
    private final List<Vendor> vendors = new ArrayList<>();
    private final List<Person> persons = new ArrayList<>();
    private final List<DataSet> dataSets = new ArrayList<>();
    private final List<Ticket> tickets = new ArrayList<>();
    private final List<RowLimit> limits = new ArrayList<>();
    private Set<String> sharedAddresses = Set.of();
    private Set<String> approvedStatements = Set.of();
    private DataFacts facts = DataFacts.NONE;

    private Builder(String version) {
      this.version = version;
    }

    public Builder calendar(WorkCalendar calendar) {
      this.calendar = calendar;
      return this;
    }

    public Builder rosters(List<Roster> more) {
      rosters.addAll(more);
      return this;
    }

    public Builder units(List<Unit> more) {
      units.addAll(more);
      return this;
    }

    public Builder vendors(List<Vendor> more) {
      vendors.addAll(more);
      return this;
    }

    public Builder persons(List<Person> more) {
      persons.addAll(more);
      return this;
    }

    public Builder dataSets(List<DataSet> more) {
      dataSets.addAll(more);
      return this;
    }

    public Builder tickets(List<Ticket> more) {
      tickets.addAll(more);
      return this;
    }

    public Builder limits(List<RowLimit> more) {
      limits.addAll(more);
      return this;
    }

    public Builder sharedAddresses(Set<String> addresses) {
      sharedAddresses = addresses;
      return this;
    }

    public Builder approvedStatements(Set<String> digests) {
      approvedStatements = digests;
      return this;
    }

    public Builder facts(DataFacts facts) {
      this.facts = facts;
      return this;
    }

    public Context build() {
      return new Context(
          version,
          calendar,
          rosters,
          units,
          vendors,
          persons,
          dataSets,
          tickets,
          limits,
          sharedAddresses,
          approvedStatements,
          facts);
    }
  }
}
