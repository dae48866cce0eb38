// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citywall.console.incident.IncidentChange.Acted;
import org.citywall.console.incident.IncidentChange.Grew;
import org.citywall.console.incident.IncidentChange.Reload;
import org.citywall.console.incident.IncidentChanges.Subscription;
import org.citywall.correlation.Severity;
import org.junit.jupiter.api.Test;

class IncidentChangesTest {

  private static final IncidentId ID = new IncidentId("INC-20261122-0001");

  private final IncidentChanges changes = new IncidentChanges();

  @Test
  void tellsEverySubscriberInOrder() throws Exception {
    try (Subscription one = changes.subscribe(IncidentChanges.FROM_NOW);
        Subscription two = changes.subscribe(IncidentChanges.FROM_NOW)) {
      changes.publish(List.of(acted(3), new Grew(ID, Severity.LOW, 9), acted(4)));

      assertThat(all(one)).containsExactly(acted(3), new Grew(ID, Severity.LOW, 9), acted(4));
      assertThat(all(two)).hasSize(3);
      assertThat(changes.subscribers()).isEqualTo(2);
    }
    assertThat(changes.subscribers()).isZero();
  }

  @Test
  void resumesAfterTheLeafThatWasSeenLast() throws Exception {
    changes.publish(List.of(acted(3), acted(5), acted(9)));

    try (Subscription browser = changes.subscribe(5)) {
      assertThat(all(browser)).containsExactly(acted(9));
    }
  }

  @Test
  void tellsWhoMissedTooMuchToReload() throws Exception {
    changes.startAfter(10);
    try (Subscription before = changes.subscribe(7);
        Subscription since = changes.subscribe(10)) {
      assertThat(all(before)).containsExactly(new Reload());
      assertThat(all(since)).isEmpty();
    }

    for (int leaf = 11; leaf < 11 + IncidentChanges.REMEMBERED + 1; leaf++) {
      changes.publish(List.of(acted(leaf)));
    }

    try (Subscription forgotten = changes.subscribe(10);
        Subscription oldest = changes.subscribe(11)) {
      assertThat(all(forgotten)).containsExactly(new Reload());
      assertThat(all(oldest).getLast()).isEqualTo(new Reload());
    }
  }

  @Test
  void tellsASlowSubscriberOnceToReload() throws Exception {
    try (Subscription slow = changes.subscribe(IncidentChanges.FROM_NOW)) {
      for (int leaf = 0; leaf < IncidentChanges.BUFFER * 3; leaf++) {
        changes.publish(List.of(acted(leaf)));
      }

      assertThat(all(slow)).containsExactly(new Reload());
      changes.publish(List.of(acted(5000)));
      assertThat(all(slow)).containsExactly(acted(5000));
    }
  }

  @Test
  void wakesWhoWaitsWhenItIsClosed() throws Exception {
    Subscription browser = changes.subscribe(IncidentChanges.FROM_NOW);
    Thread waiting =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    browser.next(Duration.ofMinutes(1));
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });

    browser.close();

    assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
    assertThat(browser.closed()).isTrue();
  }

  private static Acted acted(long leaf) {
    return new Acted(leaf, ID, HistoryAction.RAISED, IncidentState.NEW, Severity.LOW);
  }

  private static List<IncidentChange> all(Subscription browser) throws InterruptedException {
    List<IncidentChange> all = new ArrayList<>();
    IncidentChange change = browser.next(Duration.ZERO);
    while (change != null) {
      all.add(change);
      change = browser.next(Duration.ZERO);
    }
    return all;
  }
}
