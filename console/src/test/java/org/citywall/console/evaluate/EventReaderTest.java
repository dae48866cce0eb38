// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Field;
import org.citywall.audit.event.SourcePosition;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

class EventReaderTest {

  private static final Instant NOW = Instant.parse("2026-03-01T01:02:03.000004Z");

  @Test
  void readsWhatIsWritten() {
    Event event =
        Event.builder(new SourcePosition("a/b", 3, 9), NOW, NOW.plusSeconds(2))
            .put(Field.USER_NAME, "zhāng \"1\"")
            .put(Field.DB_TABLE, List.of("a.b", "c.d"))
            .put(Field.DB_ROWS_RETURNED, 7)
            .put(Field.GOV_PERSON_LEAVES, NOW)
            .put(Field.EVENT_ORIGINAL, new byte[] {(byte) 0xff, 0, 1})
            .label("odd", "value")
            .build();

    assertThat(EventReader.read(json(event))).isEqualTo(event);
  }

  @Test
  void readsTextThatWasReceivedAsText() {
    Event event =
        Event.builder(new SourcePosition("a", 0, 1), NOW, NOW)
            .put(Field.EVENT_ORIGINAL, new byte[] {'o', 'k'})
            .build();

    assertThat(EventReader.read(json(event))).isEqualTo(event);
  }

  @Test
  void refusesWhatIsNoEvent() {
    assertThatIllegalArgumentException().isThrownBy(() -> EventReader.read("no"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EventReader.read("{\"@timestamp\":\"2026-03-01T00:00:00Z\"}"))
        .withMessageContaining("gov.source.id");
  }

  private static String json(Event event) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JsonMapper.shared().createGenerator(text)) {
      EventJson.write(event, json);
    }
    return text.toString();
  }
}
