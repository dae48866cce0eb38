// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.collect;

import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.collect.internal.parse.AutoParser;
import org.citywall.collect.internal.parse.JsonEventParser;
import org.citywall.collect.internal.parse.SyslogParser;

/** The parsers by the names that users give them. */
public final class ParserCatalogue {

  private ParserCatalogue() {}

  /** Names that {@link #named} knows. */
  public static List<String> names() {
    return List.of("auto", "syslog", "json");
  }

  /**
   * A parser: {@code syslog} reads RFC 5424, RFC 3164 and their forms in files, {@code json} reads
   * ECS objects, {@code auto} decides by the first byte of each record. Another name is refused
   * with {@code COL-0005}.
   */
  public static Parser named(String name, ParserOptions options) {
    return switch (name) {
      case "auto" -> new AutoParser(options);
      case "syslog" -> new SyslogParser(options);
      case "json" -> new JsonEventParser(options);
      default ->
          throw new PlatformException(
              CollectErrorCode.FORMAT_UNKNOWN, "known formats are " + String.join(", ", names()));
    };
  }
}
