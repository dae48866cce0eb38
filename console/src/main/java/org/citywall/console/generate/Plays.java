// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.Map;
import java.util.Objects;

/** How each scenario is staged, by its number. */
final class Plays {

  /** Stages one instance. */
  interface Play {
    void play(Script script);
  }

  private static final Map<Integer, Play> PLAYS =
      Map.ofEntries(
          Map.entry(1, VolumePlays::bulkExport),
          Map.entry(2, VolumePlays::slowDrip),
          Map.entry(3, AccountPlays::offHours),
          Map.entry(4, ProbePlays::enumeration),
          Map.entry(5, ProbePlays::maskedProbing),
          Map.entry(6, ProbePlays::trackerPair),
          Map.entry(7, ProbePlays::prefixSearch),
          Map.entry(8, SharingPlays::sharedAccount),
          Map.entry(9, SharingPlays::impossibleTravel),
          Map.entry(10, ChainPlays::grantThenExport),
          Map.entry(11, AccountPlays::dormant),
          Map.entry(12, AccountPlays::newAccount),
          Map.entry(13, DatabasePlays::uncatalogued),
          Map.entry(14, SourcePlays::auditGap),
          Map.entry(15, SourcePlays::clock),
          Map.entry(16, DatabasePlays::auditOff),
          Map.entry(17, DatabasePlays::backup),
          Map.entry(18, ChainPlays::watermark),
          Map.entry(19, DatabasePlays::honey),
          Map.entry(20, ApiPlays::overuse),
          Map.entry(21, ApiPlays::drift),
          Map.entry(22, ApiPlays::scraping),
          Map.entry(23, SharingPlays::linkage),
          Map.entry(24, DatabasePlays::massUpdate),
          Map.entry(25, DatabasePlays::decisionTamper),
          Map.entry(26, ChainPlays::revert),
          Map.entry(27, LogInPlays::bruteForce),
          Map.entry(28, LogInPlays::spray),
          Map.entry(29, ChainPlays::injection),
          Map.entry(30, AccountPlays::serviceByHand),
          Map.entry(31, DatabasePlays::pastProxy),
          Map.entry(32, VolumePlays::unmasking),
          Map.entry(33, ChainPlays::exportChain),
          Map.entry(34, VolumePlays::snooping),
          Map.entry(35, SharingPlays::split),
          Map.entry(36, VolumePlays::leaver),
          Map.entry(37, SourcePlays::mirror),
          Map.entry(38, ChainPlays::detectorTamper));

  private Plays() {}

  static Play of(int scenario) {
    return Objects.requireNonNull(PLAYS.get(scenario), "no play of the scenario");
  }
}
