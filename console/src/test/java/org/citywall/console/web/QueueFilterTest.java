// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.citywall.console.incident.IncidentFilter;
import org.citywall.console.incident.IncidentState;
import org.citywall.correlation.Severity;
import org.junit.jupiter.api.Test;

class QueueFilterTest {

  @Test
  void showsWhatIsOpenUnlessToldOtherwise() {
    QueueFilter filter = QueueFilter.of(null, null, false);

    assertThat(filter.filter("zhang")).isEqualTo(IncidentFilter.OPEN);
    assertThat(filter.getQuery()).isEmpty();
  }

  @Test
  void narrowsToSeverityStateAndReader() {
    QueueFilter filter = QueueFilter.of("taken", "HIGH", true);

    assertThat(filter.filter("zhang").states()).containsExactly(IncidentState.TAKEN);
    assertThat(filter.filter("zhang").severities())
        .containsExactlyInAnyOrder(Severity.HIGH, Severity.CRITICAL);
    assertThat(filter.filter("zhang").assignee()).isEqualTo("zhang");
    assertThat(filter.query("INC-20261122-0001"))
        .isEqualTo("?state=taken&severity=HIGH&mine=true&open=INC-20261122-0001");
  }

  @Test
  void ignoresWordsThatMeanNothing() {
    QueueFilter filter = QueueFilter.of("<script>", "worst", false);

    assertThat(filter).isEqualTo(QueueFilter.of("open", null, false));
  }
}
