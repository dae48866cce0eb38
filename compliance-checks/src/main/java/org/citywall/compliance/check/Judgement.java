// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.check;

import java.util.List;
import org.citywall.compliance.score.Result;

/**
 * What facts came to.
 *
 * @param result {@code ERROR} where the facts do not say what would decide
 * @param remarks the comparisons behind it
 */
public record Judgement(Result result, List<Remark> remarks) {
  public Judgement {
    remarks = List.copyOf(remarks);
  }
}
