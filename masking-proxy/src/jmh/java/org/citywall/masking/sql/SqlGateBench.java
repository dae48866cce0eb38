// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.concurrent.TimeUnit;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.sql.shardingsphere.GrammarAnalyser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Verdicts on a join of two tables, four columns of one masked, and on a row of a table that is not
 * protected.
 */
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 3)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
public class SqlGateBench {

  private static final String QUERY =
      "SELECT p.id, p.name, p.phone, o.amount FROM person p JOIN orders o ON o.person_id = p.id"
          + " WHERE p.dept = 'finance' AND o.amount > 10 ORDER BY o.amount DESC LIMIT 20 -- ";

  /** Which grammar reads statements. */
  public enum Grammar {
    POSTGRES,
    SHARDINGSPHERE
  }

  @Param public Grammar grammar = Grammar.POSTGRES;

  private final FakeSchema schema =
      new FakeSchema()
          .table(
              "public.person",
              "id integer",
              "name text",
              "id_card text",
              "phone text",
              "address text",
              "dept text")
          .table("public.orders", "id integer", "person_id integer", "amount numeric");
  private final TestRights rights =
      new TestRights()
          .know("public.orders")
          .mask("public.person", "name", new CharacterMask.KeepFirstLast(1, 0, '*'))
          .mask("public.person", "id_card", new CharacterMask.MaskFromTo(6, 16, '*'))
          .mask("public.person", "phone", new CharacterMask.KeepFirstLast(3, 4, '*'))
          .mask("public.person", "address", new CharacterMask.KeepFirstLast(6, 0, '*'));
  private SqlGate gate = new SqlGate(new GrammarAnalyser());
  private int number;

  @Setup
  public void start() {
    if (grammar == Grammar.POSTGRES) {
      gate = new SqlGate(PostgresLibrary.analyser());
    }
  }

  /** A statement that was never seen. */
  @Benchmark
  public Verdict anew() {
    return gate.judge(QUERY + number++, schema, rights);
  }

  /** The same statement again. */
  @Benchmark
  public Verdict again() {
    return gate.judge(QUERY, schema, rights);
  }

  /** A statement that reads nothing protected, and was never seen with this number. */
  @Benchmark
  public Verdict otherNumber() {
    number = number % Integer.MAX_VALUE + 1;
    return gate.judge("SELECT amount FROM orders WHERE id = " + number, schema, rights);
  }
}
