// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.citywall.audit.log.EvidenceLogs;
import org.citywall.audit.log.KeptLog;
import org.citywall.audit.log.LogKeys;
import org.citywall.audit.log.LogOptions;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.secrets.SecretReferences;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.testing.KeyInMemory;
import org.citywall.audit.testing.Sm2KeyInMemory;
import org.citywall.audit.testing.WrapperInMemory;
import org.citywall.masking.catalogue.Catalogue;
import org.citywall.masking.catalogue.PersonType;
import org.citywall.masking.policy.Person;
import org.citywall.masking.policy.Policy;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.policy.TableName;
import org.citywall.masking.policy.UnknownTable;
import org.citywall.masking.record.LogRecorder;
import org.citywall.masking.sql.ColumnUse;
import org.citywall.masking.sql.SqlGate;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.postgres.PostgresAnalyser;

/** A proxy before the database of the benchmark, with or without its record. */
final class BenchProxy implements AutoCloseable {

  private static final String USER = "clerk";
  private static final String PASSWORD = "secret";
  private static final Person PERSON = new Person(USER, 2, null, PersonType.STAFF, Set.of(), null);

  /** Of the tables of the standard scenario the catalogue knows none. */
  private static final String CATALOGUE =
      """
      scheme: zhejiang-4
      tables:
        - name: public.person
          columns:
            id: {level: 1}
            name: {level: 3, mask: {type: KEEP_FIRST_N_LAST_M, first-n: 1, last-m: 1}}
            phone: {level: 3, mask: {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4}}
            id_card: {level: 4, mask: {type: MASK_FROM_X_TO_Y, from-x: 6, to-y: 16}}
            address: {level: 3, mask: {type: KEEP_FIRST_N_LAST_M, first-n: 6, last-m: 1}}
      """;

  /** The same, and those of the standard scenario are in it, so that each statement is recorded. */
  private static final String CATALOGUED =
      CATALOGUE
          + "  - name: public.pgbench_accounts\n"
          + "    columns: {aid: {level: 1}, bid: {level: 1}, abalance: {level: 1},"
          + " filler: {level: 1}}\n";

  /** What is kept of statements. */
  enum Record {
    NONE("proxy, no record", CATALOGUE),
    COUNTED("proxy, statements counted", CATALOGUE),
    DURABLE("proxy, each statement durable first", CATALOGUED);

    private final String label;
    private final String catalogue;

    Record(String label, String catalogue) {
      this.label = label;
      this.catalogue = catalogue;
    }
  }

  /** Keeps nothing. */
  private static final class Silent implements Recorder {
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    @Override
    public CompletableFuture<Void> decided(Decision decision) {
      return DONE;
    }

    @Override
    public void completed(Completion completion) {}

    @Override
    public void budget(BudgetNotice notice) {}

    @Override
    public void loggedIn(Access access) {}

    @Override
    public void refused(String user, String address, String reason) {}
  }

  private final Record record;
  private final Backend backend;
  private final Policy policy;
  private final SqlGate gate = new SqlGate(PostgresAnalyser.installed().orElseThrow());
  private final WireServer server;
  private final Path folder;
  private final KeptLog log;
  private final LogRecorder recorder;

  BenchProxy(int port, Record record) throws IOException {
    this.record = record;
    this.backend =
        new Backend(
            loopback(port),
            BenchDatabase.NAME,
            BenchDatabase.USER,
            () -> Sensitive.of(BenchDatabase.PASSWORD));
    this.policy =
        new Policy(
            Catalogue.parse(
                "catalogue.yaml",
                record.catalogue,
                new SecretReferences(Path.of("x"), Map.of(), Optional.empty())),
            UnknownTable.OBSERVE);
    this.folder = Files.createTempDirectory(Path.of("target"), "proxy");
    this.log =
        EvidenceLogs.open(
            folder,
            LogOptions.defaults(),
            LogKeys.of(new NoteSigner("bench.example/log", new KeyInMemory()))
                .withSm3(new Sm2KeyInMemory())
                .withSealing(new WrapperInMemory()),
            Clock.systemUTC(),
            new SecureRandom());
    this.recorder = LogRecorder.start(log, "bench", Clock.systemUTC(), UNEXPOSED);
    this.server = start();
  }

  private static final LogRecorder.Exposure UNEXPOSED =
      new LogRecorder.Exposure() {
        @Override
        public int level(ColumnUse use) {
          return 1;
        }

        @Override
        public String category(ColumnUse use) {
          return "";
        }

        @Override
        public String owner(TableName table) {
          return "";
        }
      };

  private Rights rights() {
    return policy.rights(PERSON, Clock.systemUTC().instant());
  }

  /** What runs in the place of a statement. */
  String running(String sql) throws SQLException {
    SessionSchema schema =
        new SessionSchema(
            new SchemaReader(backend).read(),
            new SessionNames(List.of("pg_catalog", "public"), Map.of(), ""));
    return switch (gate.judge(sql, schema, rights())) {
      case Verdict.Allowed allowed -> allowed.sql();
      case Verdict.Refused refused -> throw new IllegalStateException(refused.reason());
    };
  }

  private WireServer start() {
    ScramVerifier verifier = ScramVerifier.of(PASSWORD, new SecureRandom());
    Account account = new Account(USER, verifier, this::rights, event -> {});
    return WireServer.start(
        new WireConfig(loopback(0), WireTls.OFF, backend, WireLimits.DEFAULT, true),
        gate,
        name -> name.equals(USER) ? Optional.of(account) : Optional.empty(),
        record == Record.NONE ? new Silent() : recorder,
        (access, values) ->
            CompletableFuture.completedFuture(new LookUpBook.Outcome.Counted(List.of())),
        SubjectBook.NONE,
        new SecureRandom());
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  Target target() {
    return new Target(record.label, server.address().getPort(), USER, PASSWORD);
  }

  @Override
  public void close() throws IOException {
    server.close();
    recorder.close();
    log.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
