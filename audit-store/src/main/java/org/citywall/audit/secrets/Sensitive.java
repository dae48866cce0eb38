// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.secrets;

/** A value that must not be printed: {@code toString} gives {@code ***}. */
public final class Sensitive<T> {

  private final T value;

  private Sensitive(T value) {
    this.value = value;
  }

  public static <T> Sensitive<T> of(T value) {
    return new Sensitive<>(value);
  }

  /** The value itself; call it as late as possible and never keep the result. */
  public T reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "***";
  }
}
