// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect.internal.parse;

import org.citywall.collect.ParseResult;
import org.citywall.collect.Parser;
import org.citywall.collect.ParserOptions;
import org.citywall.collect.RawRecord;

/**
 * Decides by the first byte behind a byte order mark: an opening brace means JSON, everything else
 * syslog.
 */
public final class AutoParser implements Parser {

  private final Parser syslog;
  private final Parser json;

  public AutoParser(ParserOptions options) {
    syslog = new SyslogParser(options);
    json = new JsonEventParser(options);
  }

  @Override
  public ParseResult parse(RawRecord record) {
    byte[] bytes = record.bytes();
    int first = Encodings.markEnd(bytes, 0);
    return first < bytes.length && bytes[first] == '{' ? json.parse(record) : syslog.parse(record);
  }
}
