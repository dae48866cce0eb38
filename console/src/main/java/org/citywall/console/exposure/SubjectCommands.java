// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.exposure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.subject.SubjectKey;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.account.Account;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.LogIn;
import org.citywall.console.account.Role;
import org.citywall.console.control.ControlServer;

/**
 * Questions about one person on the control socket, in the name of an account whose password is
 * checked and counted like a log-in on the page. The answer names the person by hashes; whoever
 * asked reads the log by them.
 */
public final class SubjectCommands {

  /** Wants {@code user}, {@code password}, {@code subject} and {@code reason}. */
  public static final String ASK = "exposure-subject";

  /** Member with the hashes by the names of their keys. */
  public static final String HASHES = "hashes";

  /** Member with the leaf of the entry that records the question. */
  public static final String LEAF = "leaf";

  /** Member with the code of a refusal. */
  public static final String REFUSED = "refused";

  /** Member with the category of that code. */
  public static final String CATEGORY = "category";

  /** Member with the sentence. */
  public static final String WHY = "why";

  private static final Set<Role> ROLES = Set.of(Role.OFFICER, Role.CHIEF, Role.AUDITOR);
  private static final String LOOPBACK = "127.0.0.1";

  private final Optional<SubjectInquiry> inquiry;
  private final Accounts accounts;

  /**
   * @param inquiry empty in a process that keeps no ledger
   */
  public SubjectCommands(Optional<SubjectInquiry> inquiry, Accounts accounts) {
    this.inquiry = inquiry;
    this.accounts = accounts;
  }

  /** What to answer on the control socket, by command. */
  public Map<String, ControlServer.Handler> handlers() {
    return Map.of(ASK, this::answer);
  }

  private Map<String, Object> answer(Map<String, Object> said) {
    try {
      return ask(said);
    } catch (PlatformException e) {
      return Map.of(
          REFUSED,
          e.code().id(),
          CATEGORY,
          e.code().category().name(),
          WHY,
          e.getMessage() + ": " + e.code().meaning());
    }
  }

  private Map<String, Object> ask(Map<String, Object> said) {
    SubjectInquiry here =
        inquiry.orElseThrow(
            () ->
                new PlatformException(
                    ConsoleErrorCode.EXPOSURE_ELSEWHERE, "nothing was looked up"));
    Account person = known(said);
    SubjectInquiry.Asked asked =
        here.ask(
            new Actor(person.name(), LOOPBACK),
            Sensitive.of(String.valueOf(said.get("subject"))),
            String.valueOf(said.get("reason")));
    Map<String, Object> hashes = new LinkedHashMap<>();
    asked.hashes().forEach((key, hash) -> hashes.put(key, SubjectKey.text(hash)));
    return Map.of(HASHES, hashes, LEAF, asked.leaf());
  }

  private Account known(Map<String, Object> said) {
    Sensitive<String> password = Sensitive.of(String.valueOf(said.get("password")));
    LogIn logIn = accounts.logIn(String.valueOf(said.get("user")), password, LOOPBACK);
    return switch (logIn) {
      case LogIn.Refused refused ->
          throw new PlatformException(refused.code(), "nothing was looked up");
      case LogIn.Granted granted -> {
        Account account = granted.account();
        if (account.mustChangePassword()) {
          throw new PlatformException(ConsoleErrorCode.PASSWORD_NOT_OWN, "nothing was looked up");
        }
        if (account.roles().stream().noneMatch(ROLES::contains)) {
          throw new PlatformException(ConsoleErrorCode.SUBJECT_ROLE, "nothing was looked up");
        }
        yield account;
      }
    };
  }
}
