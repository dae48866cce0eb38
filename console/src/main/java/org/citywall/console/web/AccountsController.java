// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.Role;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;

/** All accounts of the console, and a new one. */
@Controller
final class AccountsController {

  private final Accounts accounts;
  private final Clock clock;

  AccountsController(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  /** What the form for a new account sends. */
  record Form(@Nullable String name, @Nullable String displayName, @Nullable Set<Role> roles) {

    static final Form EMPTY = new Form(null, null, null);

    Set<Role> chosen() {
      return roles == null ? EnumSet.noneOf(Role.class) : roles;
    }
  }

  /** A one-time password that the page shows once; it is kept nowhere. */
  record Given(String name, String password) {}

  @GetMapping("/admin/accounts")
  String accounts(Actor actor, Model model) {
    return page(actor, Form.EMPTY, model);
  }

  @PostMapping("/admin/accounts")
  String create(
      @ModelAttribute("form") Form form, Actor actor, Model model, HttpServletResponse response) {
    String name = form.name() == null ? "" : form.name();
    String displayName = form.displayName() == null ? "" : form.displayName();
    try {
      Sensitive<String> password = accounts.create(actor, name, displayName, form.chosen());
      model.addAttribute("given", new Given(name.strip(), password.reveal()));
      return page(actor, Form.EMPTY, model);
    } catch (PlatformException e) {
      response.setStatus(e.code().httpStatus());
      model.addAttribute("problem", e.code());
      return page(actor, form, model);
    }
  }

  private String page(Actor actor, Form form, Model model) {
    List<AccountView> rows =
        accounts.list().stream()
            .map(account -> AccountView.of(account, actor.user(), clock.instant()))
            .toList();
    model.addAttribute("rows", rows);
    model.addAttribute("mixed", rows.stream().filter(AccountView::mixed).toList());
    model.addAttribute("form", form);
    model.addAttribute("held", form.chosen());
    model.addAttribute("duties", List.of(Role.Duty.values()));
    model.addAttribute("roles", List.of(Role.values()));
    return "accounts";
  }
}
