// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.hardened;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.config.Backend;
import org.citywall.masking.config.OwnConnection;
import org.citywall.masking.config.ProxyConfig;
import org.citywall.masking.policy.PersonRights;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.sql.ProfileView;
import org.citywall.masking.sql.ProfileViews;
import org.citywall.masking.sql.facts.Identifier;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.citywall.masking.wire.DatabaseRelations;

/**
 * Plans, applies, verifies and removes hardened mode with a DBA's login. Each act is one
 * transaction; failures are {@code MSK-0062} or {@code MSK-0065} where the database cannot be read,
 * {@code MSK-0053} where it does not do something.
 */
public final class HardenedMode {

  /** Profiles that views are made for. */
  static final int MOST_PROFILES = 1000;

  private final Backend admin;
  private final String login;
  private final StatementAnalyser analyser;
  private final List<Rights> profiles;
  private final String policyVersion;

  /**
   * Hardened mode of one database.
   *
   * @param admin the database by the DBA's login, which owns the tables or is superuser
   * @param login of the proxy
   * @param profiles rights of whoever may log in
   */
  public HardenedMode(
      Backend admin,
      String login,
      StatementAnalyser analyser,
      Collection<? extends Rights> profiles,
      String policyVersion) {
    this.admin = admin;
    this.login = login;
    this.analyser = analyser;
    this.profiles = List.copyOf(profiles);
    this.policyVersion = policyVersion;
  }

  /**
   * The different rights that may be behind statements of a proxy's users, with and without what
   * they were granted; {@code MSK-0052} where there are more than 1,000.
   */
  public static List<PersonRights> profiles(ProxyConfig config, Instant now) {
    Map<String, PersonRights> profiles = new LinkedHashMap<>();
    for (PlannedContext context : PlannedContext.all(config, now)) {
      for (PersonRights rights : context.rights(config)) {
        profiles.putIfAbsent(rights.version(), rights);
      }
    }
    if (profiles.size() > MOST_PROFILES) {
      throw new PlatformException(
          MaskingErrorCode.TOO_MANY_PROFILES, profiles.size() + " of " + MOST_PROFILES);
    }
    return List.copyOf(profiles.values());
  }

  /**
   * The statements that apply would run; empty where all is as it should be.
   *
   * @param keep whether views of other policies stay, as long as a proxy still reads them
   */
  public List<Step> plan(boolean keep) {
    try (Database database = new Database(admin)) {
      return steps(database, read(), keep);
    }
  }

  /**
   * Runs the plan; {@code MSK-0051} where the login would still read what it must not.
   *
   * @param keep as for {@link #plan}
   * @return what was run
   */
  public List<Step> apply(boolean keep) {
    try (Database database = new Database(admin)) {
      ProfileViews read = read();
      List<HardenedGap> beyond =
          new Weaknesses(database, login, read, new LoginRights(database, login, read.closed()))
              .beyondSteps();
      if (!beyond.isEmpty()) {
        throw new PlatformException(
            MaskingErrorCode.HARDENING_IMPOSSIBLE,
            beyond.stream()
                .map(gap -> gap.object() + ": " + gap.detail())
                .collect(Collectors.joining("; ")));
      }
      List<Step> steps = steps(database, read, keep);
      steps.forEach(step -> database.execute(step.sql().reveal()));
      database.commit();
      return steps;
    }
  }

  private List<Step> steps(Database database, ProfileViews read, boolean keep) {
    LoginRights rights = new LoginRights(database, login, read.closed());
    Records records = new Records(database, login);
    Closing closing = new Closing(database, login, read.closed(), rights, records);
    List<Step> steps = new ArrayList<>(records.create());
    List<String> queries = read.views().stream().map(ProfileView::query).toList();
    steps.addAll(records.keep(queries));
    steps.addAll(closing.steps());
    Views views = new Views(database, login, policyVersion);
    views.want(read, records, closing.writable());
    steps.addAll(views.make(rights));
    if (!keep) {
      steps.addAll(views.dropLeft());
    }
    return steps;
  }

  /** Each way around the views, and each view that is not as it should be; changes nothing. */
  public List<HardenedGap> verify() {
    try (Database database = new Database(admin)) {
      ProfileViews read = read();
      LoginRights rights = new LoginRights(database, login, read.closed());
      Records records = new Records(database, login);
      List<HardenedGap> gaps = new ArrayList<>(new Weaknesses(database, login, read, rights).all());
      records.keep(read.views().stream().map(ProfileView::query).toList());
      Views views = new Views(database, login, policyVersion);
      views.want(
          read, records, new Closing(database, login, read.closed(), rights, records).writable());
      gaps.addAll(views.gaps(rights));
      return gaps;
    }
  }

  /** Gives back what was taken and drops the views; the login reads the tables again. */
  public List<Step> remove() {
    try (Database database = new Database(admin)) {
      Records records = new Records(database, login);
      List<Step> steps = new ArrayList<>();
      for (Records.Before one : records.before()) {
        boolean gone =
            !one.relation().name().isEmpty()
                && database
                    .rows(
                        "SELECT 1 WHERE to_regclass(?) IS NOT NULL",
                        Identifier.quoted(one.relation()))
                    .isEmpty();
        if (!gone) {
          steps.add(Step.of(one.statement()));
        }
        steps.add(records.forget(one));
      }
      records.writable().stream()
          .map(Privilege::on)
          .distinct()
          .forEach(relation -> steps.add(records.forgetWritable(relation)));
      steps.addAll(new Views(database, login, policyVersion).dropAll());
      if (records.exist() && !records.areOthers(database)) {
        steps.add(Step.of("DROP SCHEMA citywall_hardened CASCADE"));
      }
      steps.forEach(step -> database.execute(step.sql().reveal()));
      database.commit();
      return steps;
    }
  }

  private ProfileViews read() {
    try (OwnConnection connection = admin.connect("citywall schema")) {
      DatabaseRelations database = DatabaseRelations.read(connection.sql());
      return ProfileViews.of(analyser, database.schema(), database.relations(), profiles, login);
    } catch (SQLException e) {
      throw new PlatformException(
          MaskingErrorCode.SCHEMA_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }
}
