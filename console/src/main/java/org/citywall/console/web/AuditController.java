// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.web;

import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.event.EntryKind;
import org.citywall.audit.index.Query;
import org.citywall.audit.index.SearchField;
import org.citywall.audit.index.SearchRequest;
import org.citywall.audit.index.TimeRange;
import org.citywall.audit.log.EntryProof;
import org.citywall.audit.log.EntryProofs;
import org.citywall.audit.log.EvidenceLog;
import org.citywall.audit.log.VerifierKey;
import org.citywall.console.config.ConsoleRuntime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The auditor's seat: the state of the log, proofs checked by paste, what people did here. */
@Controller
final class AuditController {

  private static final int ACTIONS = 30;

  private final EvidenceLog log;
  private final IndexAccess index;
  private final LogStatus status;
  private final @Nullable VerifierKey key;

  AuditController(
      ConsoleRuntime runtime,
      IndexAccess index,
      LogStatus status,
      ObjectProvider<VerifierKey> key) {
    this.log = runtime.log();
    this.index = index;
    this.status = status;
    this.key = key.getIfAvailable();
  }

  /** What checking a pasted proof gave. */
  record Checked(boolean good, String messageKey, @Nullable String code, @Nullable Long leaf) {}

  @GetMapping("/audit")
  String audit(Model model) {
    model.addAttribute("log", status.read());
    model.addAttribute("key", key == null ? null : key.toString());
    model.addAttribute("actions", actions());
    return "audit";
  }

  @PostMapping("/audit")
  String check(@RequestParam String proof, Model model) {
    model.addAttribute("checked", check(proof));
    return audit(model);
  }

  private Checked check(String text) {
    if (key == null) {
      return new Checked(false, "audit.check.keyless", null, null);
    }
    try {
      // A form sends line ends as CR LF; the file has LF.
      EntryProof proof = EntryProofs.parse(text.replace("\r\n", "\n"));
      EntryProofs.verify(proof, key);
      return new Checked(true, "audit.check.good", null, proof.leaf());
    } catch (PlatformException e) {
      return new Checked(false, "audit.check.bad", e.code().id(), null);
    }
  }

  private List<EventLine> actions() {
    Query query =
        new Query.Match(
            SearchField.KIND, EntryKind.STATE_CHANGE.name().toLowerCase(java.util.Locale.ROOT));
    return index.search(new SearchRequest(query, TimeRange.ALL, ACTIONS, null)).hits().stream()
        .map(hit -> EventLine.of(log.read(hit.leaf())))
        .toList();
  }
}
