// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.io.Serializable;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.account.Account;
import org.citywall.console.account.AccountOrder;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.Role;
import org.citywall.console.config.ConsoleRuntime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One account: what it is, what can be done to it, and what was done to it and with it. */
@Controller
final class AccountController {

  private static final int ENTRIES = 20;

  private final Accounts accounts;
  private final IndexAccess index;
  private final EvidenceLog log;
  private final Clock clock;

  AccountController(Accounts accounts, IndexAccess index, ConsoleRuntime runtime) {
    this.accounts = accounts;
    this.index = index;
    this.log = runtime.log();
    this.clock = runtime.clock();
  }

  /** What can be done to an account; the lower-case name is the last part of its address. */
  enum Act {
    ROLES,
    CLOSE,
    REOPEN,
    UNLOCK,
    RESET
  }

  /**
   * What the forms send.
   *
   * @param version of the account that the administrator saw
   */
  record Form(long version, @Nullable String note, @Nullable Set<Role> roles) {

    AccountOrder order(String name) {
      return new AccountOrder(name, version, note == null ? "" : note);
    }

    Set<Role> chosen() {
      return roles == null ? EnumSet.noneOf(Role.class) : roles;
    }
  }

  /** How an act ended: what was wanted, and which code refused it, if one did. */
  record Done(String act, @Nullable String problem, @Nullable String problemKey)
      implements Serializable {}

  @GetMapping("/admin/accounts/{name}")
  String account(@PathVariable String name, Actor actor, Model model) {
    return page(name, actor, model);
  }

  @PostMapping("/admin/accounts/{name}/{act}")
  String act(
      @PathVariable String name,
      @PathVariable String act,
      Form form,
      Actor actor,
      Model model,
      RedirectAttributes redirect) {
    Act chosen = Act.valueOf(act.toUpperCase(Locale.ROOT));
    try {
      Optional<Sensitive<String>> given = carryOut(chosen, name, form, actor);
      if (given.isPresent()) {
        // Shown by this answer: a password that waited for a redirect would be kept somewhere.
        model.addAttribute("given", new AccountsController.Given(name, given.get().reveal()));
        return page(name, actor, model);
      }
      redirect.addFlashAttribute("done", new Done(act, null, null));
    } catch (PlatformException e) {
      redirect.addFlashAttribute("done", new Done(act, e.code().id(), e.code().messageKey()));
    }
    redirect.addAttribute("name", name);
    return "redirect:/admin/accounts/{name}";
  }

  /** Does it; the one-time password, where there is a new one. */
  private Optional<Sensitive<String>> carryOut(Act act, String name, Form form, Actor actor) {
    AccountOrder order = form.order(name);
    switch (act) {
      case RESET -> {
        return Optional.of(accounts.resetPassword(actor, order));
      }
      case ROLES -> accounts.changeRoles(actor, order, form.chosen());
      case CLOSE -> accounts.close(actor, order);
      case REOPEN -> accounts.reopen(actor, order);
      case UNLOCK -> accounts.unlock(actor, order);
    }
    return Optional.empty();
  }

  private String page(String name, Actor actor, Model model) {
    Account account =
        accounts
            .find(name)
            .orElseThrow(
                () -> new PlatformException(ConsoleErrorCode.ACCOUNT_UNKNOWN, "no account"));
    model.addAttribute("view", AccountView.of(account, actor.user(), clock.instant()));
    model.addAttribute("held", account.roles());
    model.addAttribute("duties", List.of(Role.Duty.values()));
    model.addAttribute("roles", List.of(Role.values()));
    model.addAttribute("entries", entries(account.name()));
    model.addAttribute("here", "/admin/accounts/" + account.name());
    return "account";
  }

  /** What was done to the account, and its own log-ins; nothing of its work. */
  private List<EventLine> entries(String name) {
    Query about = new Query.Match(Field.USER_TARGET_NAME.fieldName(), name);
    Query own =
        new Query.And(
            List.of(
                new Query.Match(Field.USER_NAME.fieldName(), name),
                new Query.Match(Field.EVENT_CATEGORY.fieldName(), "authentication")));
    Query console =
        new Query.And(
            List.of(
                new Query.Match(Field.EVENT_DATASET.fieldName(), "citywall.console"),
                new Query.Or(List.of(about, own))));
    return index.search(new SearchRequest(console, TimeRange.ALL, ENTRIES, null)).hits().stream()
        .map(hit -> EventLine.of(log.read(hit.leaf())))
        .toList();
  }
}
