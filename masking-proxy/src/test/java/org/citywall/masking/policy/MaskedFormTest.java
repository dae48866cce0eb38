// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.citywall.audit.testing.RandomizedTest;
import org.citywall.masking.identifier.BankCard;
import org.citywall.masking.identifier.IdentifierKind;
import org.citywall.masking.identifier.MobileNumber;
import org.citywall.masking.identifier.OrganisationCode;
import org.citywall.masking.identifier.ResidentId;
import org.citywall.masking.identifier.UnifiedSocialCreditCode;
import org.citywall.masking.mask.CharacterMask;
import org.citywall.masking.mask.Mask;
import org.citywall.masking.mask.MaskRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedFormTest {

  private static final List<Character> HIDING = List.of('*', '#', '0', '1', 'X', ' ', '某');

  @RandomizedTest(iterations = 20)
  void isNeverThatOfAValidIdentifier(RandomGenerator random) {
    for (IdentifierKind kind : IdentifierKind.values()) {
      for (int i = 0; i < 100; i++) {
        String value = value(kind, random);
        Mask mask = mask(random, HIDING.get(random.nextInt(HIDING.size())));

        assertThat(kind.matches(value)).as(value).isTrue();
        assertThat(new MaskedForm(mask, kind).isOf(value)).as("%s, %s", value, mask).isFalse();
      }
    }
  }

  @RandomizedTest(iterations = 20)
  void isNeverThatOfAValueWithoutTheSignThatHides(RandomGenerator random) {
    for (IdentifierKind kind : IdentifierKind.values()) {
      String value = value(kind, random);

      assertThat(new MaskedForm(mask(random, '*'), null).isOf(value)).as(value).isFalse();
      assertThat(new MaskedForm(mask(random, 'X'), null).isOf("XX" + value)).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*, MOBILE_NUMBER, 138****5678, true",
    "*, MOBILE_NUMBER, '138****5678   ', true",
    "*, MOBILE_NUMBER, ***, true",
    "*, MOBILE_NUMBER, 138***15678, false",
    "*, MOBILE_NUMBER, '', false",
    "X, MOBILE_NUMBER, 138XXXX5678, true",
    "0, MOBILE_NUMBER, 13800005678, false",
    "*,, 138****5678, true",
    "X,, 138XXXX5678, false",
    "*,, 138 5678, false",
  })
  void hasTheHidingSignAtEveryHiddenPlace(
      char hiding, IdentifierKind kind, String text, boolean masked) {
    Mask mask = new CharacterMask.KeepFirstLast(3, 4, hiding);

    assertThat(new MaskedForm(mask, kind).isOf(text)).isEqualTo(masked);
  }

  private static Mask mask(RandomGenerator random, char hiding) {
    int low = random.nextInt(8);
    int high = low + random.nextInt(12);
    return switch (random.nextInt(8)) {
      case 0 -> new CharacterMask.KeepFirstLast(low, random.nextInt(8), hiding);
      case 1 -> new CharacterMask.MaskFirstLast(low, 1 + random.nextInt(8), hiding);
      case 2 -> new CharacterMask.KeepFromTo(low, high, hiding);
      case 3 -> new CharacterMask.MaskFromTo(low, high, hiding);
      case 4 -> new CharacterMask.MaskBefore(special(random), hiding);
      case 5 -> new CharacterMask.MaskAfter(special(random), hiding);
      case 6 -> MaskRules.read(Map.of("type", "KEYED_HASH", "key", "0123456789abcdef"));
      default -> MaskRules.read(Map.of("type", "NULL"));
    };
  }

  private static String special(RandomGenerator random) {
    return List.of("@", "9", "00", "-").get(random.nextInt(4));
  }

  private static String value(IdentifierKind kind, RandomGenerator random) {
    return switch (kind) {
      case RESIDENT_ID ->
          ResidentId.of(
              "339902",
              LocalDate.of(1950 + random.nextInt(60), 1 + random.nextInt(12), 1),
              random.nextInt(1000));
      case UNIFIED_SOCIAL_CREDIT_CODE ->
          UnifiedSocialCreditCode.of("91", "339902", digits(random, 8));
      case ORGANISATION_CODE -> OrganisationCode.of(digits(random, 8));
      case BANK_CARD -> BankCard.of("62170000" + digits(random, 10));
      case MOBILE_NUMBER ->
          List.of("", "+86 ", "86").get(random.nextInt(3))
              + MobileNumber.of(130 + random.nextInt(70), random.nextInt(100_000_000));
    };
  }

  private static String digits(RandomGenerator random, int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(3));
    }
    return digits.toString();
  }
}
