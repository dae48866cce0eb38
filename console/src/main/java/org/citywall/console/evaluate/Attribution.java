// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import org.citywall.console.generate.Truth;

/** Decides to which instance an alert belongs; see the package. */
final class Attribution {

  private Attribution() {}

  /** Whether the alert belongs to the instance. */
  static boolean belongs(RaisedAlert alert, Truth truth) {
    boolean scenario =
        alert.scenario() == truth.scenario() || truth.also().contains(alert.scenario());
    int shared = alert.shared(truth.instance());
    return alert.scenario() > 0
        && scenario
        && shared > 0
        && (isAboutActor(alert, truth) || shared * 2L >= alert.entries());
  }

  /** Whether the instance was found by the alert: by a rule of its own scenario. */
  static boolean finds(RaisedAlert alert, Truth truth) {
    return alert.scenario() == truth.scenario() && belongs(alert, truth);
  }

  private static boolean isAboutActor(RaisedAlert alert, Truth truth) {
    String entity = alert.entity();
    return truth.actors().contains(entity.substring(entity.indexOf(':') + 1));
  }
}
