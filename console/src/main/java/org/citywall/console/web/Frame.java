// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.citywall.audit.log.Checkpoint;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.console.incident.IncidentFilter;
import org.citywall.console.incident.IncidentState;
import org.citywall.console.incident.Incidents;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** What every page shows around its content. */
public final class Frame {

  /**
   * htmx without eval, scripts or styles of its own, and without copies of pages in the browser.
   * What it swaps in is settled at once: a form that is used before that reloads the page.
   */
  static final String HTMX_CONFIG =
      """
      {"allowEval":false,"includeIndicatorStyles":false,"allowScriptTags":false,\
      "selfRequestsOnly":true,"defaultSettleDelay":0,"historyCacheSize":0,\
      "refreshOnHistoryMiss":true,"scrollIntoViewOnBoost":false,\
      "responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},\
      {"code":"409","swap":true},\
      {"code":"[45]..","swap":false,"error":true}]}\
      """;

  private static final Set<String> INVESTIGATORS = Set.of("OFFICER", "CHIEF", "AUDITOR");
  private static final Set<String> AUDIT = Set.of("OFFICER", "CHIEF", "AUDITOR", "ADMIN");
  private static final Set<String> KEEPERS = Set.of("CHIEF", "AUDITOR", "ADMIN");
  private static final Set<String> ADMINISTRATORS = Set.of("ADMIN");
  private static final Set<String> ALL = Set.of();

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "nav.group.work",
              List.of(
                  new Item("home", "/", ALL),
                  new Item("triage", "/triage", INVESTIGATORS),
                  new Item("incidents", "/incidents", INVESTIGATORS),
                  new Item("search", "/search", INVESTIGATORS),
                  new Item("exposure", "/exposure", INVESTIGATORS))),
          new Group(
              "nav.group.compliance",
              List.of(
                  new Item("systems", "/compliance/systems", INVESTIGATORS),
                  new Item("rectification", "/compliance/rectification", INVESTIGATORS),
                  new Item("index", "/compliance/index", INVESTIGATORS),
                  new Item("checks", "/compliance/checks", INVESTIGATORS),
                  new Item("frameworks", "/compliance/frameworks", INVESTIGATORS))),
          new Group(
              "nav.group.platform",
              List.of(
                  new Item("sources", "/sources", ALL),
                  new Item("health", "/health", ALL),
                  new Item("audit", "/audit", AUDIT),
                  new Item("retention", "/retention", KEEPERS),
                  new Item("accounts", "/admin/accounts", ADMINISTRATORS))));

  private final String user;
  private final List<String> roles;
  private final Locale locale;
  private final Instant now;
  private final long logSize;
  private final EvidenceLog log;
  private final IndexAccess index;
  private final Incidents incidents;

  /** A heading of the navigation and what is under it. */
  public record Group(String title, List<Item> items) {}

  /**
   * A page of the navigation.
   *
   * @param roles who may open it; empty for everybody
   */
  public record Item(String name, String path, Set<String> roles) {

    boolean openTo(List<String> held) {
      return roles.isEmpty() || held.stream().anyMatch(roles::contains);
    }
  }

  Frame(
      Authentication user,
      Locale locale,
      Instant now,
      EvidenceLog log,
      IndexAccess index,
      Incidents incidents) {
    this.user = user.getName();
    this.roles = roles(user.getAuthorities());
    this.locale = locale;
    this.now = now;
    this.log = log;
    // Taken before anything else is read, so that live updates begin where the page ends.
    this.logSize = log.size();
    this.index = index;
    this.incidents = incidents;
  }

  public String getUser() {
    return user;
  }

  public List<String> getRoles() {
    return roles;
  }

  /** The navigation, without pages that the reader may not open. */
  public List<Group> getGroups() {
    return GROUPS.stream()
        .map(
            group ->
                new Group(
                    group.title(),
                    group.items().stream().filter(item -> item.openTo(roles)).toList()))
        .toList();
  }

  /** Whether the reader may see incidents and events. */
  public boolean isReading() {
    return roles.stream().anyMatch(INVESTIGATORS::contains);
  }

  /** Whether the reader may open the auditor's page. */
  public boolean isAuditing() {
    return roles.stream().anyMatch(AUDIT::contains);
  }

  public Instant getNow() {
    return now;
  }

  public long getLogSize() {
    return logSize;
  }

  public long getLiveAfter() {
    return logSize - 1;
  }

  /** Name of the shared stream: another user or language must not inherit it. */
  public String getStream() {
    return user + "/" + locale.toLanguageTag();
  }

  /** Entries of {@link #getLogSize} under the last checkpoint, or null where there is none. */
  public @Nullable Long getCovered() {
    return log.checkpoint().map(checkpoint -> Math.min(checkpoint.size(), logSize)).orElse(null);
  }

  /** Whether the last checkpoint covers this leaf. */
  public boolean covers(long leaf) {
    return log.checkpoint().map(Checkpoint::size).orElse(0L) > leaf;
  }

  public long getIndexLag() {
    return Math.max(0, logSize - index.nextLeaf());
  }

  /** Incidents nobody has taken yet. */
  public long getFresh() {
    return incidents.count(fresh());
  }

  public String getHtmxConfig() {
    return HTMX_CONFIG;
  }

  /** Whether the reader may decide about incidents. */
  public boolean isDeciding() {
    return roles.stream().anyMatch(role -> role.equals("OFFICER") || role.equals("CHIEF"));
  }

  static IncidentFilter fresh() {
    return new IncidentFilter(Set.of(IncidentState.NEW), Set.of(), null);
  }

  private static List<String> roles(Collection<? extends GrantedAuthority> authorities) {
    return authorities.stream()
        .map(GrantedAuthority::getAuthority)
        .filter(name -> name != null && name.startsWith("ROLE_"))
        .map(name -> name.substring("ROLE_".length()))
        .sorted()
        .toList();
  }
}
