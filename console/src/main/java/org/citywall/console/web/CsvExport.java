// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.event.Event;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.SearchPage;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.LoggedEntry;
import org.citywall.console.Csv;
import org.citywall.console.config.ConsoleRuntime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes what a search found as CSV, page by page: memory does not grow with the result. */
@Component
final class CsvExport {

  private static final int PAGE = 1000;

  /** Rows after which an export ends and says so in its last row. */
  private static final int MAX_ROWS = 1_000_000;

  private static final List<Field> FIELDS =
      List.of(
          Field.HOST_NAME,
          Field.USER_NAME,
          Field.USER_FULL_NAME,
          Field.SOURCE_IP,
          Field.EVENT_ACTION,
          Field.EVENT_OUTCOME,
          Field.GOV_DEPARTMENT_NAME,
          Field.GOV_PERSON_TYPE,
          Field.GOV_VENDOR_ID,
          Field.DB_NAME,
          Field.DB_TABLE,
          Field.DB_OPERATION,
          Field.DB_ROWS_RETURNED,
          Field.GOV_DATA_LEVEL,
          Field.GOV_DECISION,
          Field.GOV_TICKET_ID,
          Field.MESSAGE);

  private final EvidenceLog log;
  private final IndexAccess index;
  private final ZoneId zone;

  CsvExport(ConsoleRuntime runtime, IndexAccess index) {
    this.log = runtime.log();
    this.index = index;
    this.zone = runtime.zone();
  }

  void search(Searches.Question question, boolean bom, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/csv;charset=UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"citywall-search.csv\"");
    Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
    if (bom) {
      out.write(Csv.BOM);
    }
    Csv.row(out, header());
    Display display = new Display(Locale.ROOT, zone);
    SearchHit after = null;
    long rows = 0;
    SearchPage page;
    do {
      page = index.search(new SearchRequest(question.query(), question.range(), PAGE, after));
      for (SearchHit hit : page.hits()) {
        Csv.row(out, cells(log.read(hit.leaf()), display));
        after = hit;
        rows++;
      }
    } while (page.hits().size() == PAGE && rows < MAX_ROWS);
    if (page.hits().size() == PAGE) {
      Csv.row(out, List.of("# the export ends here: " + MAX_ROWS + " rows"));
    }
    out.flush();
  }

  private static List<String> header() {
    List<String> names = new ArrayList<>();
    names.add(EventJson.TIMESTAMP);
    names.add(EventJson.RECEIVED);
    names.add(SearchField.LEAF);
    names.add(SearchField.KIND);
    names.add(EventJson.ID);
    names.add(EventJson.SOURCE_ID);
    FIELDS.forEach(field -> names.add(field.fieldName()));
    return names;
  }

  private static List<String> cells(LoggedEntry entry, Display display) {
    Event event = entry.event();
    List<String> cells = new ArrayList<>();
    cells.add(display.micros(event.timestampMicros()));
    cells.add(display.micros(event.receivedMicros()));
    cells.add(Long.toString(entry.leaf()));
    cells.add(entry.kind().name().toLowerCase(Locale.ROOT));
    cells.add(event.id().toString());
    cells.add(event.position().source());
    FIELDS.forEach(field -> cells.add(text(event, field)));
    return cells;
  }

  private static String text(Event event, Field field) {
    return switch (field.type()) {
      case KEYWORDS -> String.join("; ", event.texts(field));
      case LONG -> {
        @Nullable Long number = event.number(field);
        yield number == null ? "" : number.toString();
      }
      default -> {
        @Nullable String text = event.text(field);
        yield text == null ? "" : text;
      }
    };
  }
}
