// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.citywall.audit.event.EventId;
import org.citywall.audit.event.EventJson;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchHit;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.TreeHash;
import org.citywall.console.Actor;
import org.citywall.console.config.ConsoleRuntime;
import org.citywall.console.state.AuditTrail;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** One entry with its fields, its original bytes and its proof; reading it is itself recorded. */
@Controller
final class EventController {

  private final EvidenceLog log;
  private final IndexAccess index;
  private final ZoneId zone;
  private final Proofs proofs;
  private final AuditTrail trail;

  EventController(ConsoleRuntime runtime, IndexAccess index, Proofs proofs, AuditTrail trail) {
    this.log = runtime.log();
    this.index = index;
    this.zone = runtime.zone();
    this.proofs = proofs;
    this.trail = trail;
  }

  @GetMapping("/events/{leaf}")
  String event(@PathVariable long leaf, Actor actor, Locale locale, Model model) {
    fill(leaf, actor, locale, model);
    return "event";
  }

  /** What a row of a list opens to. */
  @GetMapping("/events/{leaf}/body")
  String body(@PathVariable long leaf, Actor actor, Locale locale, Model model) {
    fill(leaf, actor, locale, model);
    return "event :: body";
  }

  /** What a page asks for that was opened before a checkpoint covered the entry. */
  @GetMapping("/events/{leaf}/proof-state")
  String proofState(@PathVariable long leaf, Actor actor, Model model) {
    ProofView proof = proofs.of(leaf);
    if (!proof.status().equals("pending")) {
      trail.opened(actor, leaf);
    }
    model.addAttribute("proof", proof);
    model.addAttribute("sm3", proofs.haveSm3());
    return "event :: proof";
  }

  @GetMapping("/events/{leaf}/proof")
  ResponseEntity<String> proof(@PathVariable long leaf, Actor actor) {
    return proof(leaf, TreeHash.SHA_256, ".tlog-proof", actor);
  }

  /** The proof in the tree over SM3, which is no C2SP file. */
  @GetMapping("/events/{leaf}/proof-sm3")
  ResponseEntity<String> sm3Proof(@PathVariable long leaf, Actor actor) {
    return proof(leaf, TreeHash.SM3, ".sm3-proof", actor);
  }

  private ResponseEntity<String> proof(long leaf, TreeHash tree, String ending, Actor actor) {
    trail.exported(actor, "proof", "entry.leaf:" + leaf);
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_PLAIN)
        .header("Content-Disposition", "attachment; filename=\"entry-" + leaf + ending + "\"")
        .body(proofs.file(leaf, tree));
  }

  /** Leads from an event's id, or its leaf, to its page. */
  @GetMapping("/events")
  String find(@RequestParam String id) {
    String wanted = id.strip();
    if (wanted.matches("[0-9]{1,18}")) {
      return "redirect:/events/" + Long.parseLong(wanted);
    }
    String name = EventId.parse(wanted.toLowerCase(Locale.ROOT)).toString();
    List<SearchHit> hits =
        index
            .search(new SearchRequest(new Query.Match(EventJson.ID, name), TimeRange.ALL, 1, null))
            .hits();
    if (hits.isEmpty()) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
    return "redirect:/events/" + hits.getFirst().leaf();
  }

  private void fill(long leaf, Actor actor, Locale locale, Model model) {
    EventView view = EventView.of(log.read(leaf), new Display(locale, zone));
    trail.opened(actor, leaf);
    model.addAttribute("view", view);
    model.addAttribute("proof", proofs.of(leaf));
    model.addAttribute("sm3", proofs.haveSm3());
  }
}
