// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citywall.audit.ErrorCode;
import org.citywall.audit.PlatformException;

/** Asserts how something fails. */
final class Refusals {

  private Refusals() {}

  static void assertRefused(ErrorCode code, ThrowingCallable act) {
    assertThatExceptionOfType(PlatformException.class)
        .isThrownBy(act)
        .satisfies(failure -> assertThat(failure.code()).isEqualTo(code));
  }
}
