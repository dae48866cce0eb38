// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.citywall.masking.sql.facts.Token;

/**
 * A statement about one of the proxy's own settings. The database never sees their values: it runs
 * a statement of the same kind in the place.
 */
public sealed interface OwnSetting {

  /** Settings of a session. */
  enum Name {
    /** The token of who is behind the statements of an application. */
    IDENTITY,
    /** What a person uses data for. */
    PURPOSE,
    /** The session's id, which tokens are bound to. */
    SESSION;

    /** As SQL has it. */
    public String setting() {
      return "citywall." + name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the database runs in its place. */
  String running();

  /**
   * {@code SET [SESSION|LOCAL] citywall.NAME = 'VALUE'}, or the same by {@code set_config}.
   *
   * @param local until the transaction ends
   * @param function whether a query sets it
   */
  record Change(Name name, String value, boolean local, boolean function) implements OwnSetting {

    @Override
    public String running() {
      return function
          ? "SELECT ''::text AS set_config"
          : "SET " + (local ? "LOCAL " : "") + name.setting() + " = ''";
    }

    @Override
    public String toString() {
      return running();
    }
  }

  /** {@code RESET citywall.NAME}, or {@code SET [LOCAL] citywall.NAME TO DEFAULT}. */
  record Reset(Name name, boolean local) implements OwnSetting {

    @Override
    public String running() {
      return "SET " + (local ? "LOCAL " : "") + name.setting() + " TO DEFAULT";
    }
  }

  /** {@code SHOW citywall.NAME}. */
  record Show(Name name) implements OwnSetting {

    @Override
    public String running() {
      return "SHOW " + name.setting();
    }
  }

  /** One that cannot be read, or that there is not. */
  record Unclear() implements OwnSetting {

    @Override
    public String running() {
      return "SET citywall.unknown = ''";
    }
  }

  /** Reads a text that is one such statement; empty for any other. */
  static Optional<OwnSetting> read(List<Token> tokens) {
    return new OwnSettingReader(tokens).read();
  }
}
