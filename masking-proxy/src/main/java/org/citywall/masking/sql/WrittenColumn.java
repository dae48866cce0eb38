// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.sql;

import java.util.List;
import org.citywall.masking.policy.MaskedForm;
import org.citywall.masking.policy.TableName;

/**
 * A column of a table that is written, whose values others see masked.
 *
 * @param forms in which they see them
 */
public record WrittenColumn(TableName table, String column, List<MaskedForm> forms) {

  public WrittenColumn {
    forms = List.copyOf(forms);
  }

  /** Whether the text is none of its values but what a mask left of one. */
  public boolean isMasked(String text) {
    return forms.stream().anyMatch(form -> form.isOf(text));
  }

  @Override
  public String toString() {
    return table + "." + column;
  }
}
