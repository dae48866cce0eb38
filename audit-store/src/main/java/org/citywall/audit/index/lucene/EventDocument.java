// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.audit.index.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.lucene.document.Field;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexableField;
import org.citywall.audit.AuditErrorCode;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.index.IpBlock;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.log.LoggedEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One Lucene document that is filled again for each entry; not safe for several threads. */
final class EventDocument implements Iterable<IndexableField> {

  private static final Logger LOG = LoggerFactory.getLogger(EventDocument.class);
  private static final List<String> KINDS =
      Arrays.stream(EntryKind.values()).map(kind -> kind.name().toLowerCase(Locale.ROOT)).toList();

  private final List<IndexableField> fields = new ArrayList<>();
  private final NumberField leaf = new NumberField(SearchField.LEAF, Schema.ORDER);
  private final NumberField timestamp = new NumberField(EventJson.TIMESTAMP, Schema.ORDER);
  private final NumberField received = new NumberField(EventJson.RECEIVED, Schema.POINT);
  private final NumberField epoch = new NumberField(EventJson.SOURCE_EPOCH, Schema.POINT);
  private final NumberField sequence = new NumberField(EventJson.SOURCE_SEQUENCE, Schema.POINT);
  private final TermField kind = new TermField(SearchField.KIND, Schema.TERM);
  private final TermField source = new TermField(EventJson.SOURCE_ID, Schema.TERM);
  private final TermField id = new TermField(EventJson.ID, Schema.TERM);
  private final byte[] idBytes = new byte[16];
  private final Pools pools = new Pools();
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

  /** Adds the document of this entry; of its headers alone where Lucene refuses a field. */
  void addTo(IndexWriter writer, LoggedEntry entry) throws IOException {
    try {
      writer.addDocument(fill(entry));
    } catch (IllegalArgumentException e) {
      LOG.atWarn()
          .addKeyValue("error.code", AuditErrorCode.INDEX_FAILED.id())
          .addKeyValue("entry.leaf", entry.leaf())
          .log("an event is indexed by its headers alone");
      writer.addDocument(fillHeaders(entry));
    }
  }

  /** Everything that can be asked about this entry. */
  EventDocument fill(LoggedEntry entry) {
    fillHeaders(entry);
    Event event = entry.event();
    event.forEach(this::add);
    event
        .labels()
        .forEach(
            (name, value) -> {
              fields.add(pools.term(Schema.LABELS, Schema.TERM).setLabel(name, value));
              addText(value);
            });
    return this;
  }

  /** Leaf, times, kind, id and source alone: for an event whose fields Lucene refuses. */
  EventDocument fillHeaders(LoggedEntry entry) {
    fields.clear();
    pools.reset();
    Event event = entry.event();
    fields.add(leaf.set(entry.leaf()));
    fields.add(timestamp.set(event.timestampMicros()));
    fields.add(received.set(event.receivedMicros()));
    fields.add(epoch.set(event.position().epoch()));
    fields.add(sequence.set(event.position().sequence()));
    fields.add(kind.set(KINDS.get(entry.kind().ordinal())));
    fields.add(source.set(event.position().source()));
    fields.add(id.set(bytes(event.id())));
    return this;
  }

  @Override
  public Iterator<IndexableField> iterator() {
    return fields.iterator();
  }

  private void add(org.citywall.audit.event.Field field, Object value) {
    switch (field.type()) {
      case KEYWORD -> {
        fields.add(pools.term(field.fieldName(), Schema.SINGLE).set((String) value));
        addText((String) value);
      }
      case KEYWORDS -> addAll(field, (List<?>) value);
      case TEXT -> {
        Field words = pools.words(field.fieldName());
        words.setStringValue((String) value);
        fields.add(words);
        addPresence(field);
        addText((String) value);
      }
      case IP -> addAddress(field, (String) value);
      case LONG, TIMESTAMP -> fields.add(pools.number(field.fieldName()).set((Long) value));
      case BOOLEAN ->
          fields.add(pools.term(field.fieldName(), Schema.SINGLE).set(value.toString()));
      case BINARY -> addBinary(field, (byte[]) value);
    }
  }

  private void addAll(org.citywall.audit.event.Field field, List<?> values) {
    for (Object each : values) {
      fields.add(pools.term(field.fieldName(), Schema.SEVERAL).set((String) each));
      addText((String) each);
    }
  }

  private void addAddress(org.citywall.audit.event.Field field, String value) {
    Optional<byte[]> address = IpBlock.address(value);
    if (address.isPresent()) {
      fields.add(pools.term(field.fieldName(), Schema.SINGLE).set(address.get()));
    }
    addPresence(field);
    addText(value);
  }

  private void addBinary(org.citywall.audit.event.Field field, byte[] value) {
    addPresence(field);
    if (field == org.citywall.audit.event.Field.EVENT_ORIGINAL) {
      try {
        addText(utf8.decode(ByteBuffer.wrap(value)).toString());
      } catch (CharacterCodingException notText) {
        // Bytes that are no text are found by the event's other fields.
        utf8.reset();
      }
    }
  }

  private void addPresence(org.citywall.audit.event.Field field) {
    fields.add(pools.term(Schema.PRESENT, Schema.TERM).set(field.fieldName()));
  }

  private void addText(String value) {
    Field words = pools.words(Schema.ALL_TEXT);
    words.setStringValue(value);
    fields.add(words);
  }

  private byte[] bytes(EventId eventId) {
    ByteBuffer.wrap(idBytes).putLong(eventId.high()).putLong(eventId.low());
    return idBytes;
  }
}
