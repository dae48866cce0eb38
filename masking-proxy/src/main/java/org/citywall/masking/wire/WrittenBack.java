// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.Optional;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.WrittenText;

/** Refusals of what a mask left of a value, where it would be written into its column. */
final class WrittenBack {

  private WrittenBack() {}

  /**
   * The refusal of a statement that is bound to such a text.
   *
   * @param types of the parameters, as they stand in Parse
   */
  static Optional<Verdict.Refused> of(Prepared.Judged judged, BoundValues bound, byte[] types) {
    return judged.written().stream()
        .filter(WrittenText.Parameter.class::isInstance)
        .map(WrittenText.Parameter.class::cast)
        .filter(one -> bound.text(one.number(), types).filter(one.column()::isMasked).isPresent())
        .findFirst()
        .map(one -> refused(one.column() + ", parameter " + one.number()));
  }

  /**
   * The refusal of such a text.
   *
   * @param where it would be written
   */
  static Verdict.Refused refused(String where) {
    return new Verdict.Refused(MaskingErrorCode.MASKED_TEXT_WRITTEN, where, -1);
  }
}
