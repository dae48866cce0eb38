// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identifier;

import java.util.function.Predicate;

/** The kinds of identifier that can be told from their text. */
public enum IdentifierKind {
  RESIDENT_ID("公民身份号码", ResidentId::isValid),
  UNIFIED_SOCIAL_CREDIT_CODE("统一社会信用代码", UnifiedSocialCreditCode::isValid),
  ORGANISATION_CODE("组织机构代码", OrganisationCode::isValid),
  BANK_CARD("银行卡号", BankCard::isValid),
  MOBILE_NUMBER("手机号码", MobileNumber::isValid);

  private final String chineseName;
  private final Predicate<CharSequence> check;

  IdentifierKind(String chineseName, Predicate<CharSequence> check) {
    this.chineseName = chineseName;
    this.check = check;
  }

  /** Name in Chinese law and standards. */
  public String chineseName() {
    return chineseName;
  }

  /** Whether the whole text is a well-formed identifier of this kind, check digit included. */
  public boolean matches(CharSequence text) {
    return check.test(text);
  }
}
