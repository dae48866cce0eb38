// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.citywall.masking.MaskingErrorCode;
import org.citywall.masking.identity.IdentityToken;
import org.citywall.masking.identity.OwnSetting;
import org.citywall.masking.identity.SentText;
import org.citywall.masking.sql.Verdict;
import org.citywall.masking.sql.facts.Lexer;
import org.citywall.masking.sql.facts.StatementKind;
import org.citywall.masking.sql.facts.StatementRefused;
import org.citywall.masking.sql.facts.Token;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is behind a statement, from what the session and the statement say.
 *
 * @param login the session
 * @param session its claim at this moment
 */
record Claims(Access login, Claim session) {

  /**
   * Who is behind a statement.
   *
   * @param verdict where it is plain without judging the statement; else null
   */
  record Checked(Actor actor, Said said, @Nullable Verdict verdict) {

    /** The same once the kind of the statement is known: some change what the session says. */
    Checked after(Verdict judged, String sql) {
      boolean resets =
          judged instanceof Verdict.Allowed allowed
              && (allowed.kind() == StatementKind.SET || allowed.kind() == StatementKind.DISCARD)
              && resetsAll(sql);
      return resets
          ? new Checked(actor, Said.changing(any -> Claim.NONE, false, false), null)
          : this;
    }
  }

  /** Whether one of several statements may reset settings. */
  static boolean mayReset(String sql) {
    return words(sql).stream().anyMatch(token -> token.isWord("reset") || token.isWord("discard"));
  }

  private static boolean resetsAll(String sql) {
    List<Token> words = words(sql);
    return words.size() > 1
        && (words.getFirst().isWord("reset") || words.getFirst().isWord("discard"))
        && words.get(1).isWord("all");
  }

  private static List<Token> words(String sql) {
    try {
      return Lexer.tokens(sql);
    } catch (StatementRefused e) {
      return List.of();
    }
  }

  Checked check(SentText sent) {
    OwnSetting setting = sent.setting();
    String token = sent.token();
    String fault = sent.fault();
    if (fault != null) {
      return refused(MaskingErrorCode.IDENTITY_INVALID, fault);
    }
    if (setting != null) {
      return check(setting);
    }
    if (token == null) {
      return new Checked(actor(session).forStatement(sent.sql()), Said.NOTHING, null);
    }
    Optional<IdentityToken> genuine = actors().genuine(token, login.id(), sent.sql());
    if (genuine.isEmpty()) {
      return refused(MaskingErrorCode.IDENTITY_INVALID, "the token of the comment");
    }
    Claim own = session.by(genuine.get());
    return new Checked(actor(own).forStatement(sent.sql()), Said.by(own), null);
  }

  private Checked check(OwnSetting setting) {
    return switch (setting) {
      case OwnSetting.Change change when change.name() == OwnSetting.Name.IDENTITY ->
          identity(change);
      case OwnSetting.Change change ->
          changed(
              change, change.local(), change.function(), claim -> purpose(claim, change.value()));
      case OwnSetting.Reset reset when reset.name() == OwnSetting.Name.IDENTITY ->
          new Checked(
              actor(session),
              Said.changing(any -> Claim.NONE, reset.local(), true),
              allowed(reset.running(), StatementKind.SET));
      case OwnSetting.Reset reset ->
          changed(reset, reset.local(), false, claim -> purpose(claim, null));
      case OwnSetting.Show show ->
          new Checked(
              actor(session), new Said(null, null, true), allowed(shown(show), StatementKind.SHOW));
      case OwnSetting.Unclear unclear ->
          refused(MaskingErrorCode.SETTING_REFUSED, "of citywall, in a form that is not read");
    };
  }

  private Checked identity(OwnSetting.Change change) {
    if (!actors().isApplication()) {
      return refused(MaskingErrorCode.SETTING_REFUSED, "citywall.identity of a person's log-in");
    }
    Optional<IdentityToken> genuine = actors().genuine(change.value(), login.id(), null);
    return genuine.isEmpty()
        ? refused(MaskingErrorCode.IDENTITY_INVALID, "the token of citywall.identity")
        : changed(change, change.local(), change.function(), claim -> claim.by(genuine.get()));
  }

  /** Who is a person themselves has lost nothing but the purpose, and says it again. */
  private Claim purpose(Claim claim, @Nullable String purpose) {
    return actors().isApplication() ? claim.purpose(purpose) : Claim.of(purpose);
  }

  private Checked changed(
      OwnSetting setting, boolean local, boolean function, UnaryOperator<Claim> to) {
    Actor then = actor(to.apply(session));
    Verdict.Refused refusal = then.refusal();
    Verdict verdict =
        refusal != null && refusal.code() != MaskingErrorCode.IDENTITY_MISSING
            ? refusal
            : allowed(setting.running(), function ? StatementKind.SELECT : StatementKind.SET);
    return new Checked(actor(session), Said.changing(to, local, true), verdict);
  }

  private String shown(OwnSetting.Show show) {
    Actor actor = actor(session);
    String value =
        switch (show.name()) {
          case IDENTITY -> session.token() == null ? "" : actor.name();
          case PURPOSE -> actor.purpose() == null ? "" : actor.purpose();
          case SESSION -> login.id();
        };
    return "SELECT '" + value.replace("'", "''") + "'::text AS \"" + show.name().setting() + '"';
  }

  private static Verdict allowed(String sql, StatementKind kind) {
    return new Verdict.Allowed(sql, List.of(), Set.of(), false, kind);
  }

  /** Whoever names a person wrongly is nobody from then on. */
  private Checked refused(MaskingErrorCode code, String reason) {
    return new Checked(
        actor(Claim.LOST),
        new Said(Claim.LOST, null, false),
        new Verdict.Refused(code, reason, -1));
  }

  private Actor actor(Claim claim) {
    return actors().actor(claim);
  }

  private Actors actors() {
    return login.account().actors();
  }
}
