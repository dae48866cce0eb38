// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DataSetTest {

  private static final CatalogueColumn NAME = new CatalogueColumn("name", DataLevel.L3, null);

  @Test
  void namesItsTableWithTheSchema() {
    assertThat(dataSet(DataLevel.L3, "name").qualifiedTable()).isEqualTo("population.person");
  }

  @Test
  void refusesColumnAboveTheLevelOfTheWhole() {
    assertThatIllegalArgumentException().isThrownBy(() -> dataSet(DataLevel.L2, "name"));
  }

  @Test
  void refusesSubjectColumnThatItLacks() {
    assertThatIllegalArgumentException().isThrownBy(() -> dataSet(DataLevel.L3, "id_card"));
  }

  @Test
  void levelsKeepTheHigherOfTwoAndRoundTripTheirNumbers() {
    assertThat(DataLevel.L2.or(DataLevel.L4)).isEqualTo(DataLevel.L4);
    assertThat(DataLevel.L4.or(DataLevel.L1)).isEqualTo(DataLevel.L4);
    for (DataLevel level : DataLevel.values()) {
      assertThat(DataLevel.ofNumber(level.number())).isEqualTo(level);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> DataLevel.ofNumber(0));
    assertThatIllegalArgumentException().isThrownBy(() -> DataLevel.ofNumber(5));
  }

  private static DataSet dataSet(DataLevel level, @Nullable String subject) {
    return new DataSet(
        "339900-GAJ-001",
        "人口基本信息",
        "339900-GAJ",
        "population",
        "population",
        "person",
        "population",
        level,
        List.of(NAME),
        subject);
  }
}
