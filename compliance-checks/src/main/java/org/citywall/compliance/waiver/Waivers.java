// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.waiver;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.VerifierKey;
import org.citywall.compliance.ComplianceErrorCode;

/** The waivers of a file. One that has ended never counts. */
public final class Waivers {

  /** How many persons have to decide. */
  public static final int PERSONS = 2;

  private final List<Waiver> each;

  private Waivers(List<Waiver> each) {
    this.each = List.copyOf(each);
  }

  /** No waivers. */
  public static Waivers none() {
    return new Waivers(List.of());
  }

  /**
   * Those of a signed note. {@code CMP-0005} where it is not understood, {@code CMP-0006} where
   * fewer than {@value #PERSONS} of the persons signed it; then none of it counts.
   *
   * @param persons who may sign, a key for each
   */
  public static Waivers of(String note, List<VerifierKey> persons) {
    SignedNote signed = parse(note);
    Map<String, String> byKey = new LinkedHashMap<>();
    for (VerifierKey person : persons) {
      if (signed.isSignedBy(person)) {
        byKey.putIfAbsent(keyOf(person), person.name());
      }
    }
    List<String> names = byKey.values().stream().distinct().toList();
    if (names.size() < PERSONS) {
      throw new PlatformException(
          ComplianceErrorCode.WAIVERS_UNSIGNED,
          names.isEmpty() ? "nobody of them signed it" : names + " alone signed it");
    }
    return new Waivers(WaiverReader.read(signed.text(), names));
  }

  /** The key without the name that stands before it: a person may not sign under two. */
  private static String keyOf(VerifierKey person) {
    return person.toString().split("\\+", 3)[2];
  }

  /** Reads the text of a note that nobody need have signed yet; {@code CMP-0005}. */
  public static List<Waiver> unsigned(String text) {
    return WaiverReader.read(text, List.of());
  }

  private static SignedNote parse(String note) {
    try {
      return SignedNote.parse(note);
    } catch (PlatformException e) {
      throw new PlatformException(
          ComplianceErrorCode.WAIVERS_UNSIGNED, "it has no signatures under it", e);
    }
  }

  /** The one that counts for a check of a target at a time. */
  public Optional<Waiver> find(String check, String target, Instant now) {
    return each.stream()
        .filter(waiver -> waiver.isAbout(check, target) && !waiver.endedBy(now))
        .findFirst();
  }

  /** Those that no longer count, for people to renew or to delete. */
  public List<Waiver> endedBy(Instant now) {
    return each.stream().filter(waiver -> waiver.endedBy(now)).toList();
  }

  /** In the order of the file. */
  public List<Waiver> toList() {
    return each;
  }
}
