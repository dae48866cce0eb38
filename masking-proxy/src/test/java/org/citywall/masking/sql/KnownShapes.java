// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import org.citywall.masking.policy.Rights;
import org.citywall.masking.sql.facts.StatementAnalyser;
import org.jspecify.annotations.Nullable;

/**
 * A gate that has judged many statements, beside gates that know none: what it serves from what it
 * knows has to be what they find.
 */
final class KnownShapes {

  private static final int VARIANTS = 3;

  private final StatementAnalyser analyser;
  private final CountingAnalyser counting;
  private final SqlGate knowing;
  private final @Nullable String login;
  private int served;

  KnownShapes(StatementAnalyser analyser, @Nullable String login) {
    this.analyser = analyser;
    this.login = login;
    this.counting = new CountingAnalyser(analyser);
    this.knowing = new SqlGate(counting, login);
  }

  /** Verdicts that were given on statements that were never read. */
  int served() {
    return served;
  }

  /** Judges a statement and the same with other constants. */
  void check(String sql, SchemaView schema, Rights rights, RandomGenerator random) {
    SwappedConstants constants = new SwappedConstants(random);
    String variant = sql;
    for (int i = 0; i <= VARIANTS; i++) {
      int before = counting.count();
      Verdict known = PatientGate.judge(knowing, variant, schema, rights);
      boolean read = counting.count() > before;
      Verdict anew = PatientGate.judge(new SqlGate(analyser, login), variant, schema, rights);

      requireSame(known, anew, variant);
      served += read || !(known instanceof Verdict.Allowed) ? 0 : 1;
      variant = constants.swapped(sql);
    }
  }

  private static void requireSame(Verdict known, Verdict anew, String sql) {
    if (known instanceof Verdict.Allowed left && anew instanceof Verdict.Allowed right) {
      // values that are looked up are compared by no one
      assertThat(left.lookUps().toString()).as(sql).isEqualTo(right.lookUps().toString());
      assertThat(withoutLookUps(left)).as(sql).isEqualTo(withoutLookUps(right));
    } else {
      assertThat(known).as(sql).isEqualTo(anew);
    }
  }

  private static Verdict withoutLookUps(Verdict.Allowed verdict) {
    return new Verdict.Allowed(
        verdict.sql(),
        verdict.uses(),
        verdict.tables(),
        verdict.masked(),
        verdict.kind(),
        List.of(),
        verdict.written());
  }
}
