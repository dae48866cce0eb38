// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.event;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.citywall.audit.testing.Golden;
import org.junit.jupiter.api.Test;

class FieldDocsTest {

  private static final String HEAD =
      """
      # Event fields

      Generated from the registry in `org.citywall.audit.event.Field` by `FieldDocsTest`; do not edit. *ECS* names are
      those of the Elastic Common Schema; *DB* and *GOV* are ours, for access to databases and for public data. A field
      that is not registered is kept under `labels.*`, never dropped. The number is part of the stored bytes and never
      changes.

      | field | type | from | number | meaning |
      |---|---|---|---|---|
      """;

  @Test
  void documentsEveryRegisteredField() {
    String page =
        Arrays.stream(Field.values())
            .sorted(Comparator.comparing(Field::fieldName))
            .map(FieldDocsTest::row)
            .collect(Collectors.joining("", HEAD, ""));

    Golden.assertFile(Path.of("..", "docs", "reference", "fields.md"), page);
  }

  private static String row(Field field) {
    return ("| `" + field.fieldName() + "` ")
        + ("| " + field.type().name().toLowerCase(Locale.ROOT) + " ")
        + ("| " + field.origin() + " ")
        + ("| " + field.number() + " ")
        + ("| " + field.meaning().replace("|", "\\|") + " |\n");
  }
}
