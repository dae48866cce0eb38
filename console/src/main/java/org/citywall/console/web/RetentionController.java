// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.citywall.audit.PlatformException;
import org.citywall.console.Actor;
import org.citywall.console.retention.Retention;
import org.citywall.console.retention.RetentionBoard;
import org.citywall.console.retention.RetentionOrder;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Keeping and destroying payloads: policy, legal holds, proposals, destructions. */
@Controller
final class RetentionController {

  /** Lines of a list; what is beyond them comes when they are done. */
  private static final int MOST = 100;

  private final @Nullable Retention retention;

  RetentionController(ObjectProvider<Retention> retention) {
    this.retention = retention.getIfAvailable();
  }

  /** How an order ended: the entry that tells of it, or which code refused it and why. */
  record Done(String act, @Nullable Long leaf, @Nullable String problem, @Nullable String key)
      implements Serializable {}

  @GetMapping("/retention")
  String page(HttpServletRequest request, Model model) {
    model.addAttribute("proposes", request.isUserInRole("ADMIN"));
    model.addAttribute("approves", request.isUserInRole("CHIEF"));
    model.addAttribute("most", MOST);
    model.addAttribute("board", null);
    model.addAttribute("absent", null);
    if (retention == null) {
      model.addAttribute("absent", "error.CON-0044");
      return "retention";
    }
    try {
      RetentionBoard board = retention.board();
      model.addAttribute("board", board);
    } catch (PlatformException e) {
      model.addAttribute("absent", e.code().messageKey());
    }
    return "retention";
  }

  @PostMapping("/retention/{act}")
  String act(
      @PathVariable String act,
      @RequestParam Map<String, String> form,
      Actor actor,
      RedirectAttributes redirect) {
    redirect.addFlashAttribute("done", done(act, form, actor));
    return "redirect:/retention";
  }

  private Done done(String act, Map<String, String> form, Actor actor) {
    if (retention == null) {
      return new Done(act, null, "CON-0044", "error.CON-0044");
    }
    try {
      RetentionOrder order = RetentionOrder.of(act, new LinkedHashMap<>(form));
      return new Done(act, retention.carryOut(actor, order), null, null);
    } catch (PlatformException e) {
      return new Done(act, null, e.code().id(), e.code().messageKey());
    }
  }
}
