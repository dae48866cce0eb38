// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.citywall.audit.event.Field;
import org.citywall.audit.index.SearchField;
import org.citywall.console.Actor;
import org.citywall.console.state.AuditTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Asks the log: query, time range, histogram, values of a field, export. */
@Controller
final class SearchController {

  private static final int SUGGESTIONS = 12;

  /** Fields offered for counting; any other can be named in the address. */
  private static final List<Field> OFFERED =
      List.of(
          Field.USER_NAME,
          Field.SOURCE_IP,
          Field.HOST_NAME,
          Field.EVENT_ACTION,
          Field.EVENT_OUTCOME,
          Field.EVENT_DATASET,
          Field.DB_NAME,
          Field.DB_TABLE,
          Field.DB_OPERATION,
          Field.GOV_DEPARTMENT_NAME,
          Field.GOV_PERSON_TYPE,
          Field.GOV_VENDOR_ID,
          Field.GOV_DECISION);

  private final Searches searches;
  private final CsvExport export;
  private final AuditTrail trail;
  private final MessageSource messages;

  SearchController(Searches searches, CsvExport export, AuditTrail trail, MessageSource messages) {
    this.searches = searches;
    this.export = export;
    this.trail = trail;
    this.messages = messages;
  }

  /** A field that fits what was typed. */
  record Suggestion(String name, String meaning) {}

  @GetMapping("/search")
  String search(SearchForm form, Actor actor, Locale locale, Model model) {
    if (form.after() == null) {
      trail.searched(actor, form.getLink());
    }
    model.addAttribute("form", form);
    model.addAttribute("spans", SearchForm.SPANS);
    model.addAttribute("offered", OFFERED.stream().map(Field::fieldName).toList());
    model.addAttribute("found", searches.search(form, locale));
    return "search";
  }

  @GetMapping("/search/fields")
  String fields(@RequestParam String prefix, Locale locale, Model model) {
    String typed = prefix.toLowerCase(Locale.ROOT);
    List<String> names = SearchField.names();
    model.addAttribute(
        "suggestions",
        Stream.concat(
                names.stream().filter(name -> name.startsWith(typed)),
                names.stream().filter(name -> !name.startsWith(typed) && name.contains(typed)))
            .limit(SUGGESTIONS)
            .map(name -> new Suggestion(name, meaning(name, locale)))
            .toList());
    return "search :: suggestions";
  }

  @GetMapping("/search.csv")
  void csv(
      SearchForm form,
      @RequestParam(defaultValue = "false") boolean bom,
      Actor actor,
      HttpServletResponse response)
      throws IOException {
    Searches.Question question = searches.question(form);
    trail.exported(actor, "search.csv", form.getLink());
    export.search(question, bom, response);
  }

  private String meaning(String name, Locale locale) {
    @Nullable String own = messages.getMessage("field." + name, null, null, locale);
    return own != null ? own : Field.named(name).map(Field::meaning).orElse("");
  }
}
