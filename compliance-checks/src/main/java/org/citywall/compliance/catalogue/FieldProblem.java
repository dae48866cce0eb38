// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.compliance.catalogue;

import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;

/** A value that cannot be, with the field of a form that holds it. */
public final class FieldProblem extends PlatformException {

  private static final long serialVersionUID = 1L;

  private final String field;

  FieldProblem(ComplianceErrorCode code, String field, String detail) {
    super(code, detail.isEmpty() ? field : field + ": " + detail);
    this.field = field;
  }

  /** An id of a framework that another one has. */
  public static FieldProblem taken(String id) {
    return new FieldProblem(ComplianceErrorCode.FRAMEWORK_ID_TAKEN, "id", id);
  }

  /** As forms name it, for example {@code weight}. */
  public String field() {
    return field;
  }
}
