// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierKindTest {

  @ParameterizedTest
  @CsvSource({
    "RESIDENT_ID,11010519491231002X",
    "RESIDENT_ID,11010519491231002x",
    "RESIDENT_ID,440524188001010014",
    "RESIDENT_ID,330106190001010017",
    "RESIDENT_ID,330102190003150026",
    "RESIDENT_ID,330127190012310172",
    "RESIDENT_ID,810000190001010018",
    "RESIDENT_ID,820000190001010028",
    "RESIDENT_ID,830000190001010038",
    "UNIFIED_SOCIAL_CREDIT_CODE,91350100M000100Y43",
    "UNIFIED_SOCIAL_CREDIT_CODE,91330106MA0TEX7123",
    "UNIFIED_SOCIAL_CREDIT_CODE,11330100002999997X",
    "UNIFIED_SOCIAL_CREDIT_CODE,52330100MJ8DEM0961",
    "ORGANISATION_CODE,MA0TEX712",
    "ORGANISATION_CODE,MJ8DEM096",
    "ORGANISATION_CODE,002999997",
    "BANK_CARD,6222020000000000000",
    "BANK_CARD,6217000000000000012",
    "BANK_CARD,622848000000000007",
    "MOBILE_NUMBER,13900000001",
    "MOBILE_NUMBER,15700001234",
    "MOBILE_NUMBER,19900005678",
    "MOBILE_NUMBER,+8613900000001",
    "MOBILE_NUMBER,86-13900000001",
    "MOBILE_NUMBER,+86 13900000001"
  })
  void acceptsPublishedAndMadeUpExamples(IdentifierKind kind, String text) {
    assertThat(kind.matches(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "RESIDENT_ID,110105194912310021",
    "RESIDENT_ID,330106190002300011",
    "RESIDENT_ID,930106190001010017",
    "RESIDENT_ID,33010619000101001",
    "RESIDENT_ID,33010619000101001A",
    "RESIDENT_ID,''",
    "UNIFIED_SOCIAL_CREDIT_CODE,91350100M000100Y44",
    "UNIFIED_SOCIAL_CREDIT_CODE,91350100I000100Y43",
    "UNIFIED_SOCIAL_CREDIT_CODE,9135A100M000100Y43",
    "ORGANISATION_CODE,MA0TEX711",
    "ORGANISATION_CODE,ma0tex712",
    "BANK_CARD,6222020000000000001",
    "BANK_CARD,79927398713",
    "MOBILE_NUMBER,12900000001",
    "MOBILE_NUMBER,1390000000",
    "MOBILE_NUMBER,+8513900000001",
    "MOBILE_NUMBER,''"
  })
  void refusesWrongCheckDigitsDatesAndLengths(IdentifierKind kind, String text) {
    assertThat(kind.matches(text)).isFalse();
  }

  @Test
  void refusesEverySingleDigitErrorInResidentIds() {
    String valid = "330106190001010017";

    for (int position = 0; position < valid.length(); position++) {
      for (char digit = '0'; digit <= '9'; digit++) {
        String changed = valid.substring(0, position) + digit + valid.substring(position + 1);
        assertThat(ResidentId.isValid(changed)).as(changed).isEqualTo(changed.equals(valid));
      }
    }
  }

  @Test
  void makesIdentifiersThatItAccepts() {
    for (int sequence = 0; sequence < 1000; sequence++) {
      String id =
          ResidentId.of("339902", LocalDate.of(1900, 1, 1).plusDays(sequence % 365), sequence);
      assertThat(ResidentId.isValid(id)).as(id).isTrue();

      String body = "MA" + String.valueOf(100_000 + sequence);
      String code = UnifiedSocialCreditCode.of("91", "339902", body);
      assertThat(UnifiedSocialCreditCode.isValid(code)).as(code).isTrue();

      String card = BankCard.of("621700" + (1_000_000_000L + sequence));
      assertThat(BankCard.isValid(card)).as(card).isTrue();
    }
    assertThat(MobileNumber.isValid(MobileNumber.of(199, 5678))).isTrue();
  }

  @Test
  void upgradesNumbersOfTheFirstGeneration() {
    assertThat(ResidentId.upgrade("330106000101001")).isEqualTo("330106190001010017");
  }

  @Test
  void computesTheLuhnDigitOfThePublishedSample() {
    assertThat(BankCard.checkDigit("7992739871")).isEqualTo('3');
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "33990", "33990X", "3399021"})
  void refusesToMakeResidentIdsOfNoRegion(String region) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ResidentId.of(region, LocalDate.of(1900, 1, 1), 1));
  }

  @Test
  void refusesToMakeIdentifiersOfOversizedParts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ResidentId.of("339902", LocalDate.of(1900, 1, 1), 1000));
    assertThatIllegalArgumentException().isThrownBy(() -> ResidentId.upgrade("3301060001010010"));
    assertThatIllegalArgumentException().isThrownBy(() -> OrganisationCode.of("MA0TEX71-"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UnifiedSocialCreditCode.of("9I", "339902", "MA0TEX71"));
    assertThatIllegalArgumentException().isThrownBy(() -> BankCard.of("62170000000000"));
    assertThatIllegalArgumentException().isThrownBy(() -> MobileNumber.of(129, 1));
  }
}
