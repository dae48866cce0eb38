// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.util.Locale;
import org.citywall.correlation.ledger.Dimension;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Names of dimensions in lower case. */
final class DimensionName implements ITypeConverter<Dimension> {

  @Override
  public Dimension convert(String name) {
    for (Dimension dimension : Dimension.values()) {
      if (dimension.name().toLowerCase(Locale.ROOT).equals(name)) {
        return dimension;
      }
    }
    throw new TypeConversionException(
        "'" + name + "': operator, account, unit, recipient, owner, level or table");
  }
}
