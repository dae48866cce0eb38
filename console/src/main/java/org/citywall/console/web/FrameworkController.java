// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.citywall.audit.PlatformException;
import org.citywall.compliance.ComplianceErrorCode;
import org.citywall.compliance.catalogue.Catalogue;
import org.citywall.compliance.catalogue.CatalogueDiff;
import org.citywall.console.Actor;
import org.citywall.console.framework.OwnFramework;
import org.citywall.console.framework.OwnFrameworks;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Frameworks: those that come with the platform, those of the site, those that officers write. */
@Controller
final class FrameworkController {

  static final String DRAFT = "draft";
  private static final int ACTS = 30;

  private final OwnFrameworks frameworks;

  FrameworkController(OwnFrameworks frameworks) {
    this.frameworks = frameworks;
  }

  /** A line of the list: the newest version, and the draft where there is one. */
  public record Row(@Nullable Catalogue newest, @Nullable OwnFramework own) {

    public Catalogue shown() {
      Catalogue draft = own == null ? null : own.draft();
      return newest != null ? newest : Objects.requireNonNull(draft);
    }
  }

  @GetMapping("/compliance/frameworks")
  String list(Model model) {
    Map<String, OwnFramework> own =
        frameworks.all().stream().collect(Collectors.toMap(OwnFramework::id, Function.identity()));
    List<Row> rows = new ArrayList<>();
    own.values().stream()
        .filter(one -> one.versions().isEmpty())
        .forEach(one -> rows.add(new Row(null, one)));
    frameworks.catalogues().all().stream()
        .filter(one -> rows.stream().noneMatch(row -> row.shown().id().equals(one.id())))
        .forEach(one -> rows.add(new Row(one, own.get(one.id()))));
    rows.sort(
        Comparator.comparing((Row row) -> row.own() == null)
            .thenComparing(row -> row.shown().id()));
    model.addAttribute("rows", rows);
    return "frameworks";
  }

  @GetMapping("/compliance/frameworks/{id}")
  String one(
      @PathVariable String id, @RequestParam(defaultValue = "") String version, Model model) {
    OwnFramework own = frameworks.find(id).orElse(null);
    if (own != null && own.versions().isEmpty()) {
      return "redirect:/compliance/frameworks/" + own.id() + "/draft";
    }
    Catalogue shown = text(id, version);
    model.addAttribute("framework", shown);
    model.addAttribute("own", own);
    model.addAttribute(
        "versions",
        frameworks.catalogues().all().stream().filter(one -> one.id().equals(id)).toList());
    model.addAttribute("acts", frameworks.acts(id, ACTS));
    Map<String, String> copy = new HashMap<>();
    copy.put("id", "own-" + id);
    copy.put("zh", shown.title().zh());
    copy.put("en", shown.title().en() == null ? "" : shown.title().en());
    model.addAttribute("copy", entered(model, "copy", copy));
    return "framework";
  }

  /** What was entered where this form was refused, else what the catalogue says. */
  static Map<String, String> entered(Model model, String form, Map<String, String> said) {
    return model.getAttribute("fault") instanceof FrameworkFault fault && fault.form().equals(form)
        ? fault.entered()
        : said;
  }

  @GetMapping("/compliance/frameworks/{id}/diff")
  String diff(
      @PathVariable String id, @RequestParam String from, @RequestParam String to, Model model) {
    Catalogue before = text(id, from);
    Catalogue after = text(id, to);
    model.addAttribute("framework", after);
    model.addAttribute("from", before);
    model.addAttribute("toDraft", to.equals(DRAFT));
    model.addAttribute("changes", CatalogueDiff.between(before, after).changes());
    return "framework-diff";
  }

  /** The file that the command line reads. */
  @GetMapping("/compliance/frameworks/{id}/file")
  ResponseEntity<byte[]> file(
      @PathVariable String id, @RequestParam(defaultValue = "") String version) {
    Catalogue text = text(id, version);
    String suffix = version.equals(DRAFT) ? "-draft" : "";
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(text.id() + "-" + text.version() + suffix + ".yaml")
                .build()
                .toString())
        .body(text.yaml().getBytes(StandardCharsets.UTF_8));
  }

  @PostMapping("/compliance/frameworks/{id}/copy")
  String copy(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String version,
      @RequestParam Map<String, String> form,
      Actor actor,
      RedirectAttributes redirect) {
    String of = text(id, version).reference();
    String made = FrameworkForms.get(form, "id");
    boolean done =
        FrameworkFault.attempt(
            "copy",
            form,
            "framework-begun",
            redirect,
            () ->
                frameworks
                    .copy(
                        actor,
                        of,
                        made,
                        FrameworkForms.get(form, "zh"),
                        FrameworkForms.get(form, "en"))
                    .id());
    return done
        ? "redirect:/compliance/frameworks/" + made + "/draft"
        : "redirect:/compliance/frameworks/" + of.substring(0, of.indexOf('/'));
  }

  @PostMapping("/compliance/frameworks")
  String take(@RequestParam MultipartFile file, Actor actor, RedirectAttributes redirect) {
    String[] id = new String[1];
    boolean done =
        FrameworkFault.attempt(
            "take",
            Map.of(),
            "framework-imported",
            redirect,
            () -> {
              id[0] = frameworks.take(actor, "file", read(file)).id();
              return id[0];
            });
    return "redirect:/compliance/frameworks" + (done ? "/" + id[0] + "/draft" : "");
  }

  @PostMapping("/compliance/frameworks/{id}/revise")
  String revise(@PathVariable String id, Actor actor, RedirectAttributes redirect) {
    String known = frameworks.catalogues().get(id).id();
    boolean done =
        FrameworkFault.attempt(
            "revise",
            Map.of(),
            "framework-begun",
            redirect,
            () -> frameworks.revise(actor, known).id());
    return "redirect:/compliance/frameworks/" + known + (done ? "/draft" : "");
  }

  private Catalogue text(String id, String version) {
    if (version.equals(DRAFT)) {
      return OwnFrameworks.draft(
          frameworks
              .find(id)
              .orElseThrow(() -> new PlatformException(ComplianceErrorCode.CATALOGUE_UNKNOWN, id)));
    }
    return frameworks.catalogues().get(version.isEmpty() ? id : id + "/" + version);
  }

  private static String read(MultipartFile file) {
    try {
      return new String(file.getBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new PlatformException(ComplianceErrorCode.CATALOGUES_UNREADABLE, "upload", e);
    }
  }
}
