// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Chooses the detectors that the rules of a pack are fed by. */
final class DetectorSet {

  private DetectorSet() {}

  static List<Detector> forPack(RulePack pack, EngineOptions options, ResumePoint resume) {
    Map<String, String> lasting = resume.lasting();
    List<Detector> detectors = new ArrayList<>();
    if (pack.has("brute-force")) {
      detectors.add(new LoginDetector(pack.rule("brute-force"), options, lasting));
    }
    List<AccessDetector.View> views = new ArrayList<>();
    if (pack.has("off-hours-access")) {
      views.add(new SensitiveAccessView(pack.rule("off-hours-access")));
    }
    List<Watch> watches = PublicDataWatches.forPack(pack, options, lasting);
    if (pack.has("bulk-export")) {
      UsualVolume usual = new UsualVolume(pack.rule("bulk-export"));
      watches.add(usual.learning(options, lasting));
      views.add(new VolumeView(pack.rule("bulk-export"), usual, options));
    }
    if (pack.has("record-walk")) {
      views.add(new WalkView(pack.rule("record-walk"), options));
    }
    if (!views.isEmpty()) {
      detectors.add(new AccessDetector(views));
    }
    if (pack.has("silent-source")) {
      detectors.add(new SilenceDetector(pack.rule("silent-source"), options, lasting));
    }
    if (pack.has(PublicDataWatches.CLOCK)) {
      detectors.add(new ClockDetector(pack.rule(PublicDataWatches.CLOCK), options, lasting));
    }
    if (!watches.isEmpty()) {
      detectors.add(new WatchDetector(watches, options, resume.appliedLeaf()));
    }
    return detectors;
  }
}
