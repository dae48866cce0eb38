// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.List;
import org.springframework.stereotype.Component;

/** What this process knows about its sources: nothing while it runs no collector. */
@Component
final class SourcesView {

  /** A source that needs attention. */
  public record Row(String name, String stateKey) {}

  boolean known() {
    return false;
  }

  List<Row> broken() {
    return List.of();
  }
}
