// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Field;

/** One JSON object on one line with dotted keys, as an application sends it to the collectors. */
final class JsonLine implements FieldSink {

  private final StringBuilder line = new StringBuilder(1024);

  JsonLine(Instant timestamp) {
    line.append('{');
    key(EventJson.TIMESTAMP);
    quote(timestamp.toString());
  }

  @Override
  public void put(Field field, String text) {
    put(field.fieldName(), text);
  }

  void put(String name, String text) {
    line.append(',');
    key(name);
    quote(text);
  }

  @Override
  public void put(Field field, long number) {
    line.append(',');
    key(field.fieldName());
    line.append(number);
  }

  @Override
  public void put(Field field, List<String> texts) {
    line.append(',');
    key(field.fieldName());
    char separator = '[';
    for (String text : texts) {
      line.append(separator);
      quote(text);
      separator = ',';
    }
    line.append(']');
  }

  /** The finished object in UTF-8, without a line end. */
  byte[] bytes() {
    return (line + "}").getBytes(StandardCharsets.UTF_8);
  }

  private void key(String name) {
    quote(name);
    line.append(':');
  }

  private void quote(String text) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < ' ') {
        line.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }
}
