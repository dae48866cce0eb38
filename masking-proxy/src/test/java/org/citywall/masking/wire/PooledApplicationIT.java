// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.Field;
import org.citywall.masking.client.CitywallIdentity.Clerk;
import org.citywall.masking.client.IdentityDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application with a pool by HikariCP: one login, many clerks. */
class PooledApplicationIT {

  private static final String PHONE = "SELECT phone FROM person WHERE id = ?";
  private static final int ROUNDS = 12;

  private static PooledDemo demo;
  private final ThreadLocal<Clerk> served = new ThreadLocal<>();

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    demo = PooledDemo.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    demo.close();
  }

  private static HikariDataSource pool(boolean autoCommit) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + demo.port() + "/demo?socketTimeout=20");
    pool.setUsername("portal");
    pool.setPassword("secret");
    pool.setMaximumPoolSize(5);
    pool.setAutoCommit(autoCommit);
    return pool;
  }

  private IdentityDataSource named(HikariDataSource pool) {
    return new IdentityDataSource(
        pool, demo.identity("portal"), () -> Optional.ofNullable(served.get()));
  }

  private static String phone(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PHONE)) {
      statement.setInt(1, 1);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  @Test
  void servesFiftyClerksOverFiveConnectionsEachWithTheirOwnMaskAndName() throws Exception {
    int before = demo.events().size();
    Map<String, List<String>> seen = Collections.synchronizedMap(new HashMap<>());
    try (HikariDataSource pool = pool(true);
        ExecutorService threads = Executors.newFixedThreadPool(16)) {
      IdentityDataSource source = named(pool);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < PooledDemo.CLERKS * ROUNDS; i++) {
        int number = i;
        running.add(
            threads.submit(
                () -> {
                  String clerk = PooledDemo.clerk(number % PooledDemo.CLERKS);
                  List<String> phones = serve(source, clerk, number);
                  seen.computeIfAbsent(
                          clerk, name -> Collections.synchronizedList(new ArrayList<>()))
                      .addAll(phones);
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get(60, TimeUnit.SECONDS);
      }
    }

    assertThat(seen).hasSize(PooledDemo.CLERKS);
    for (int i = 0; i < PooledDemo.CLERKS; i++) {
      assertThat(seen.get(PooledDemo.clerk(i)))
          .containsOnly(i % 2 == 0 ? "138****5678" : "13847195678");
    }
    assertThat(recorded(before)).containsExactlyInAnyOrderEntriesOf(counts(seen));
  }

  /** Some in autocommit, some in a transaction, which some end by a rollback. */
  private List<String> serve(IdentityDataSource source, String clerk, int number)
      throws SQLException {
    served.set(new Clerk(clerk, "MZJ", "statistics", "GD-" + number));
    try (Connection connection = source.getConnection()) {
      if (number % 3 == 0) {
        return List.of(phone(connection));
      }
      connection.setAutoCommit(false);
      List<String> phones = List.of(phone(connection), phone(connection));
      if (number % 3 == 1) {
        connection.commit();
      } else {
        connection.rollback();
      }
      String after = phone(connection);
      connection.commit();
      connection.setAutoCommit(true);
      return List.of(phones.get(0), phones.get(1), after);
    } finally {
      served.remove();
    }
  }

  private static Map<String, Long> counts(Map<String, List<String>> seen) {
    Map<String, Long> counts = new HashMap<>();
    seen.forEach((clerk, phones) -> counts.put(clerk, (long) phones.size()));
    return counts;
  }

  /** Decisions about the table, by the person whom the record names. */
  private static Map<String, Long> recorded(int from) {
    Map<String, Long> counts = new HashMap<>();
    List<Event> events = demo.events();
    for (Event event : events.subList(from, events.size())) {
      if ("access-decided".equals(event.text(Field.EVENT_ACTION))) {
        assertThat(event.text(Field.USER_EFFECTIVE_NAME)).isEqualTo("portal");
        counts.merge(String.valueOf(event.text(Field.USER_NAME)), 1L, Long::sum);
      }
    }
    return counts;
  }

  @Test
  void namesThePersonOutsideOfATransactionThatIsRolledBack() throws Exception {
    try (HikariDataSource pool = pool(false)) {
      served.set(Clerk.named("clerk-1"));
      try (Connection connection = named(pool).getConnection()) {
        assertThat(phone(connection)).isEqualTo("13847195678");
        connection.rollback();
        assertThat(phone(connection)).isEqualTo("13847195678");
      }
    }
  }

  @Test
  void takesThePersonBackWhenTheConnectionReturns() throws Exception {
    try (HikariDataSource pool = pool(true)) {
      pool.setMaximumPoolSize(1);
      served.set(Clerk.named("clerk-1"));
      try (Connection connection = named(pool).getConnection()) {
        assertThat(phone(connection)).isEqualTo("13847195678");
        connection.setAutoCommit(false);
        assertThatThrownBy(() -> connection.createStatement().execute("SELECT 1 / 0"))
            .isInstanceOf(SQLException.class);
      }
      try (Connection connection = pool.getConnection()) {
        assertThatThrownBy(() -> phone(connection)).hasMessageContaining("MSK-0044");
      }
      served.remove();
      try (Connection connection = named(pool).getConnection()) {
        assertThatThrownBy(() -> phone(connection)).hasMessageContaining("MSK-0044");
      }
    }
  }

  @Test
  void givesNoConnectionForAPersonWhomItMayNotActFor() throws Exception {
    try (HikariDataSource pool = pool(true)) {
      pool.setMaximumPoolSize(1);
      for (int i = 0; i < 3; i++) {
        served.set(Clerk.named("outsider"));
        assertThatThrownBy(() -> named(pool).getConnection()).hasMessageContaining("MSK-0047");
      }
      served.set(Clerk.named("clerk-1"));
      try (Connection connection = named(pool).getConnection()) {
        assertThat(phone(connection)).isEqualTo("13847195678");
      }
    }
  }
}
