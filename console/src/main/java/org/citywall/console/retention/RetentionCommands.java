// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.retention;

import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.console.Actor;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.account.Account;
import org.citywall.console.account.Accounts;
import org.citywall.console.account.LogIn;
import org.citywall.console.control.ControlServer;

/**
 * Orders about retention on the control socket. Whoever can open the socket owns the data folder;
 * that makes him nobody in particular, so each order comes with name and password of an account,
 * which are checked and counted like a log-in on the page.
 */
public final class RetentionCommands {

  /** Answers with the members of {@link RetentionFacts}. */
  public static final String SHOW = "retention-show";

  /** Wants {@code user}, {@code password}, {@code act} and what the act says. */
  public static final String ORDER = "retention-order";

  /** The order was refused by a rule: the member with the code. */
  public static final String REFUSED = "refused";

  /** The member with the category of the code. */
  public static final String CATEGORY = "category";

  /** The member with the sentence. */
  public static final String WHY = "why";

  private static final String LOOPBACK = "127.0.0.1";

  private final Supplier<RetentionBoard> board;
  private final ControlServer.Handler orders;

  private RetentionCommands(Supplier<RetentionBoard> board, ControlServer.Handler orders) {
    this.board = board;
    this.orders = orders;
  }

  /** Of a process with accounts; without retention where its log is kept elsewhere. */
  public static RetentionCommands ofConsole(Optional<Retention> retention, Accounts accounts) {
    Supplier<Retention> here =
        () ->
            retention.orElseThrow(
                () ->
                    new PlatformException(
                        ConsoleErrorCode.RETENTION_ELSEWHERE, "ask on the machine of the store"));
    return new RetentionCommands(
        () -> here.get().board(),
        said -> {
          Retention present = here.get();
          Account person = known(accounts, said);
          Map<String, String> words = new HashMap<>();
          said.forEach((name, value) -> words.put(name, String.valueOf(value)));
          RetentionOrder order = RetentionOrder.of(words.getOrDefault("act", ""), words);
          return Map.of("leaf", present.carryOut(new Actor(person.name(), LOOPBACK), order));
        });
  }

  /** Of a process that keeps the log and has no accounts: it shows, and takes no order. */
  public static RetentionCommands ofStore(RetentionWork work, Clock clock) {
    return new RetentionCommands(
        () -> RetentionBoard.of(work.log(), work.counts().orElse(Map.of()), clock.instant()),
        said -> {
          throw new PlatformException(
              ConsoleErrorCode.RETENTION_NO_ACCOUNTS, "the role store keeps none");
        });
  }

  private static Account known(Accounts accounts, Map<String, Object> said) {
    String name = String.valueOf(said.get("user"));
    Sensitive<String> password = Sensitive.of(String.valueOf(said.get("password")));
    return switch (accounts.logIn(name, password, LOOPBACK)) {
      case LogIn.Refused refused ->
          throw new PlatformException(refused.code(), "the order was not looked at");
      case LogIn.Granted granted -> {
        if (granted.account().mustChangePassword()) {
          throw new PlatformException(
              ConsoleErrorCode.PASSWORD_NOT_OWN, "the order was not looked at");
        }
        yield granted.account();
      }
    };
  }

  /** What to answer on the control socket, by command. */
  public Map<String, ControlServer.Handler> handlers() {
    return Map.of(
        SHOW,
        said -> answered(() -> RetentionFacts.of(board.get())),
        ORDER,
        said -> answered(() -> orders.handle(said)));
  }

  /** A refusal is an answer too: the command tells it apart from a server that failed. */
  private static Map<String, Object> answered(Supplier<Map<String, Object>> work) {
    try {
      return work.get();
    } catch (PlatformException e) {
      Map<String, Object> refusal = new LinkedHashMap<>();
      refusal.put(REFUSED, e.code().id());
      refusal.put(CATEGORY, e.code().category().name());
      refusal.put(WHY, e.getMessage() + ": " + e.code().meaning());
      return refusal;
    }
  }
}
