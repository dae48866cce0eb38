// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.io.Serializable;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.catalogue.FieldProblem;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * A form that was refused, with what was entered.
 *
 * @param form which form of the page
 * @param field name of the field that is wrong, or null where it is none of them
 * @param code stable code of what is wrong
 * @param key message of what is wrong
 * @param entered values by field
 */
public record FrameworkFault(
    String form, @Nullable String field, String code, String key, Map<String, String> entered)
    implements Serializable {

  public FrameworkFault {
    entered = Map.copyOf(entered);
  }

  /** What a form asks for, and what to say of it. */
  interface Work {
    String run();
  }

  /**
   * Does it, and tells the next page how it ended: what is wrong with a field stands at the field.
   * Whether it was done.
   */
  static boolean attempt(
      String form,
      Map<String, String> entered,
      String done,
      RedirectAttributes redirect,
      Work work) {
    try {
      redirect.addFlashAttribute(
          "outcome", new ComplianceOutcome("compliance.done." + done, work.run(), null, null));
      return true;
    } catch (PlatformException e) {
      String field = e instanceof FieldProblem problem ? problem.field() : null;
      String code = e.code().id();
      String key = e.code().messageKey();
      redirect.addFlashAttribute("fault", new FrameworkFault(form, field, code, key, entered));
      if (field == null) {
        redirect.addFlashAttribute("outcome", new ComplianceOutcome(null, "", code, key));
      }
      return false;
    }
  }
}
