// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.Catalogue.Control;
import org.citywall.compliance.catalogue.Catalogue.Family;
import org.citywall.compliance.catalogue.Catalogue.Group;
import org.citywall.compliance.catalogue.Catalogue.Importance;
import org.citywall.compliance.catalogue.Catalogue.Item;
import org.citywall.compliance.catalogue.Catalogue.Method;
import org.citywall.compliance.catalogue.Catalogue.Side;
import org.citywall.compliance.catalogue.Catalogue.Uncertainty;
import org.citywall.compliance.catalogue.CatalogueEditor;
import org.citywall.console.Actor;
import org.citywall.console.framework.OwnFramework;
import org.citywall.console.framework.OwnFrameworks;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriComponentsBuilder;

/** The draft of a framework: its head, groups and items are edited here, and it is published. */
@Controller
final class FrameworkDraftController {

  private static final int ACTS = 30;

  private final OwnFrameworks frameworks;

  FrameworkDraftController(OwnFrameworks frameworks) {
    this.frameworks = frameworks;
  }

  @GetMapping("/compliance/frameworks/{id}/draft")
  String draft(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String item,
      @RequestParam(defaultValue = "") String group,
      @RequestParam(defaultValue = "") String control,
      Authentication user,
      Model model) {
    OwnFramework own =
        frameworks
            .find(id)
            .orElseThrow(() -> new PlatformException(ComplianceErrorCode.CATALOGUE_UNKNOWN, id));
    Catalogue draft = OwnFrameworks.draft(own);
    model.addAttribute("own", own);
    model.addAttribute("framework", draft);
    model.addAttribute("mayPublish", own.publishableBy(user.getName()));
    model.addAttribute(
        "head", FrameworkController.entered(model, "head", FrameworkForms.head(draft)));
    model.addAttribute(
        "item", FrameworkController.entered(model, "item", item(draft, item, control)));
    model.addAttribute("group", FrameworkController.entered(model, "group", group(draft, group)));
    model.addAttribute("families", Family.values());
    model.addAttribute("importances", Importance.values());
    model.addAttribute("methods", Method.values());
    model.addAttribute("sides", Side.values());
    model.addAttribute("uncertainties", Uncertainty.values());
    model.addAttribute("acts", frameworks.acts(id, ACTS));
    return "framework-draft";
  }

  private static Map<String, String> item(Catalogue draft, String id, String control) {
    for (Group group : draft.groups()) {
      for (Control point : group.controls()) {
        for (Item item : point.items()) {
          if (item.id().equals(id)) {
            return FrameworkForms.item(point, item);
          }
        }
      }
    }
    Map<String, String> fresh = fresh();
    fresh.put("control", control);
    return fresh;
  }

  private static Map<String, String> group(Catalogue draft, String id) {
    return draft.groups().stream()
        .filter(group -> group.id().equals(id))
        .findFirst()
        .map(FrameworkForms::group)
        .orElseGet(FrameworkDraftController::fresh);
  }

  /** What a form says of something that is not there yet. */
  private static Map<String, String> fresh() {
    Map<String, String> fields = new HashMap<>();
    fields.put("was", "");
    fields.put("method", "manual");
    fields.put("importance", "ordinary");
    fields.put("side", "technical");
    fields.put("weight", "");
    return fields;
  }

  @PostMapping("/compliance/frameworks/{id}/draft/head")
  String head(
      @PathVariable String id,
      @RequestParam long seen,
      @RequestParam Map<String, String> form,
      Actor actor,
      RedirectAttributes redirect) {
    int published = frameworks.find(id).map(OwnFramework::published).orElse(0);
    edit(
        id,
        seen,
        "head",
        form,
        actor,
        redirect,
        draft -> CatalogueEditor.of(draft).head(FrameworkForms.head(form), published));
    return at(id, "", "", "edit-head");
  }

  @PostMapping("/compliance/frameworks/{id}/draft/item")
  String item(
      @PathVariable String id,
      @RequestParam long seen,
      @RequestParam Map<String, String> form,
      Actor actor,
      RedirectAttributes redirect) {
    String was = FrameworkForms.get(form, "was");
    boolean done =
        edit(
            id,
            seen,
            "item",
            form,
            actor,
            redirect,
            draft ->
                was.isEmpty()
                    ? CatalogueEditor.of(draft).addItem(FrameworkForms.itemText(form))
                    : CatalogueEditor.of(draft).changeItem(was, FrameworkForms.itemText(form)));
    return at(id, "item", done ? FrameworkForms.get(form, "id") : was, "edit-item");
  }

  /** Says a group anew, or adds one with its first item. */
  @PostMapping("/compliance/frameworks/{id}/draft/group")
  String group(
      @PathVariable String id,
      @RequestParam long seen,
      @RequestParam Map<String, String> form,
      Actor actor,
      RedirectAttributes redirect) {
    String was = FrameworkForms.get(form, "was");
    boolean done =
        edit(
            id,
            seen,
            "group",
            form,
            actor,
            redirect,
            draft ->
                was.isEmpty()
                    ? CatalogueEditor.of(draft)
                        .addGroup(FrameworkForms.groupText(form), FrameworkForms.itemText(form))
                    : CatalogueEditor.of(draft).changeGroup(was, FrameworkForms.groupText(form)));
    return at(id, "group", done ? FrameworkForms.get(form, "groupid") : was, "edit-group");
  }

  /** Moves or removes a group, control or item; the button says which. */
  @PostMapping("/compliance/frameworks/{id}/draft/arrange")
  String arrange(
      @PathVariable String id,
      @RequestParam long seen,
      @RequestParam(defaultValue = "") String up,
      @RequestParam(defaultValue = "") String down,
      @RequestParam(defaultValue = "") String remove,
      Actor actor,
      RedirectAttributes redirect) {
    edit(
        id,
        seen,
        "arrange",
        Map.of(),
        actor,
        redirect,
        draft ->
            !remove.isEmpty()
                ? CatalogueEditor.of(draft).remove(remove)
                : CatalogueEditor.of(draft).move(up.isEmpty() ? down : up, !up.isEmpty()));
    return at(id, "", "", "");
  }

  @PostMapping("/compliance/frameworks/{id}/draft/publish")
  String publish(
      @PathVariable String id, @RequestParam long seen, Actor actor, RedirectAttributes redirect) {
    boolean done =
        FrameworkFault.attempt(
            "publish",
            Map.of(),
            "framework-published",
            redirect,
            () -> {
              OwnFramework published = frameworks.publish(actor, id, seen);
              return published.id() + "/" + published.published();
            });
    return done ? "redirect:/compliance/frameworks/" + path(id) : at(id, "", "", "");
  }

  @PostMapping("/compliance/frameworks/{id}/draft/discard")
  String discard(
      @PathVariable String id, @RequestParam long seen, Actor actor, RedirectAttributes redirect) {
    boolean done =
        FrameworkFault.attempt(
            "discard",
            Map.of(),
            "framework-discarded",
            redirect,
            () -> {
              frameworks.discard(actor, id, seen);
              return id;
            });
    return done ? "redirect:/compliance/frameworks" : at(id, "", "", "");
  }

  private boolean edit(
      String id,
      long seen,
      String form,
      Map<String, String> entered,
      Actor actor,
      RedirectAttributes redirect,
      UnaryOperator<Catalogue> step) {
    return FrameworkFault.attempt(
        form,
        entered,
        "framework-edited",
        redirect,
        () -> frameworks.edit(actor, id, seen, step).id());
  }

  private String path(String id) {
    return frameworks
        .find(id)
        .map(OwnFramework::id)
        .orElseThrow(() -> new PlatformException(ComplianceErrorCode.CATALOGUE_UNKNOWN, id));
  }

  private String at(String id, String key, String value, String fragment) {
    UriComponentsBuilder page =
        UriComponentsBuilder.fromPath("/compliance/frameworks/" + path(id) + "/draft");
    if (!value.isEmpty()) {
      page.queryParam(key, "{value}");
    }
    if (!fragment.isEmpty()) {
      page.fragment(fragment);
    }
    return "redirect:" + page.build(value);
  }
}
