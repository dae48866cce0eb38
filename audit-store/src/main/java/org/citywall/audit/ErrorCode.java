// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit;

/**
 * A stable, documented reason for a failure. Each module has one enum that implements this; ids are
 * never reused, so that they can be counted, alerted on and looked up years later.
 */
public interface ErrorCode {

  /** Stable id: three upper-case letters of the module, a dash, four digits ({@code AUD-0003}). */
  String id();

  ErrorCategory category();

  /** One English sentence for the reference documentation: what happened and what to do. */
  String meaning();

  /** Key of the translated message in {@code messages*.properties}. */
  default String messageKey() {
    return "error." + id();
  }

  /** HTTP status (RFC 9110 section 15) with which an API reports this failure. */
  default int httpStatus() {
    return switch (category()) {
      case CALLER -> 400;
      case POLICY -> 403;
      case CAPACITY -> 503;
      case EXTERNAL -> 502;
      case INTEGRITY, INTERNAL -> 500;
    };
  }
}
