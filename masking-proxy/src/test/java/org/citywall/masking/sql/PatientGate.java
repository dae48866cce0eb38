// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.policy.Rights;

/** Asks again where an analyser had too little of a busy machine to answer in time. */
final class PatientGate {

  private static final int TRIES = 10;

  private PatientGate() {}

  static Verdict judge(SqlGate gate, String sql, SchemaView schema, Rights rights) {
    Verdict verdict = gate.judge(sql, schema, rights);
    for (int i = 1; i < TRIES && isLate(verdict); i++) {
      verdict = gate.judge(sql, schema, rights);
    }
    return verdict;
  }

  private static boolean isLate(Verdict verdict) {
    return verdict instanceof Verdict.Refused refused
        && refused.code() == MaskingErrorCode.ANALYSER_FAILED
        && refused.reason().startsWith("no answer within");
  }
}
