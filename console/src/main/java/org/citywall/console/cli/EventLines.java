// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.log.LoggedEntry;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** One JSON object per line: the event's members, {@code entry.kind} and {@code entry.leaf}. */
final class EventLines implements EventWriter {

  private final PrintWriter out;

  EventLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(LoggedEntry entry) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = JsonMapper.shared().createGenerator(line)) {
      json.writeStartObject();
      EventJson.writeMembers(entry.event(), json);
      json.writeStringProperty(SearchField.KIND, entry.kind().name().toLowerCase(Locale.ROOT));
      json.writeNumberProperty(SearchField.LEAF, entry.leaf());
      json.writeEndObject();
    }
    out.print(line.append('\n'));
  }
}
