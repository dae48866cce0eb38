// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

// <cw-triage>: moves through the queue by keys and lets new incidents in without moving what the
// officer looks at: rows are added only while nobody is in the queue, else a bar says what waits.

import { announce } from "./live.js";
import { typing } from "./keys.js";

const SEVERITIES = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];

class Triage extends HTMLElement {
  #waiting = new Map();
  #chosen = false;
  #keepScroll = 0;
  #focusDetail = false;
  #unfolded = { incident: null, events: [] };
  #focusedRow = null;

  connectedCallback() {
    document.addEventListener("keydown", (event) => this.#key(event));
    window.addEventListener("cw:live", ({ detail }) => this.#live(detail));
    this.addEventListener("click", (event) => this.#click(event));
    this.addEventListener("htmx:beforeRequest", (event) => this.#before(event));
    this.addEventListener("htmx:beforeSwap", (event) => this.#remember(event));
    this.addEventListener("htmx:afterSettle", (event) => this.#after(event));
    this.addEventListener("htmx:responseError", (event) => this.#idle(event));
    this.addEventListener("htmx:sendError", (event) => this.#idle(event));
    this.#mark();
  }

  get #list() {
    return this.querySelector(".queue");
  }

  get #scroller() {
    return this.querySelector(".queuepane .scroller");
  }

  get #rows() {
    return [...this.querySelectorAll(".queue a")];
  }

  get #shown() {
    return this.querySelector("#detail [data-incident]")?.dataset.incident;
  }

  get #current() {
    return this.querySelector(".queue a[aria-current]");
  }

  #key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)
        || document.querySelector("dialog[open]")) {
      return;
    }
    if (event.key === "j" || event.key === "k") {
      this.#move(event.key === "j" ? 1 : -1);
      event.preventDefault();
    } else if (event.key === "Enter" && event.target.matches?.(".queue a")) {
      this.#focusDetail = true;
    }
  }

  #move(step) {
    const rows = this.#rows;
    const from = rows.indexOf(document.activeElement?.closest?.(".queue a") ?? this.#current);
    const row = rows[Math.min(rows.length - 1, Math.max(0, from + step))];
    if (row) {
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
      row.click();
    }
  }

  #click(event) {
    if (event.target.closest(".queue a")) {
      this.#chosen = true;
    } else if (event.target.closest(".newbar")) {
      this.#load(true);
    }
  }

  #before(event) {
    this.#keepScroll = this.#scroller?.scrollTop ?? 0;
    const row = event.target.closest?.(".queue a");
    if (row) {
      this.#rows.forEach((other) => other.removeAttribute("aria-current"));
      row.setAttribute("aria-current", "true");
    }
    if (row || event.target.matches?.("form")) {
      this.querySelector("#detail")?.setAttribute("aria-busy", "true");
    }
  }

  // What the officer has unfolded stays so when the same incident is loaded again.
  #remember(event) {
    if (event.detail.target.id === "rows") {
      this.#focusedRow = document.activeElement?.closest?.(".queue a")?.dataset.incident ?? null;
      return;
    }
    const detail = this.querySelector("#detail");
    this.#unfolded = {
      incident: this.#shown,
      events: [...detail.querySelectorAll(".events > li[id]:has(> details[open])")].map((event) => event.id),
    };
  }

  // Rows that were asked for while nobody was in the queue may come when somebody is.
  #refocus() {
    this.#rows.find((row) => row.dataset.incident === this.#focusedRow)?.focus({ preventScroll: true });
    this.#focusedRow = null;
  }

  #unfold() {
    const { incident, events } = this.#unfolded;
    this.#unfolded = { incident: null, events: [] };
    if (incident && incident === this.#shown) {
      events.forEach((id) => this.querySelector(`#${CSS.escape(id)} > details`)?.setAttribute("open", ""));
    }
  }

  #idle() {
    this.querySelector("#detail")?.removeAttribute("aria-busy");
  }

  #after(event) {
    const target = event.detail.target;
    this.#idle();
    if (target.id === "rows") {
      this.#refocus();
    } else {
      this.#unfold();
    }
    if (target.id === "triage") {
      this.#scroller.scrollTop = this.#keepScroll;
      this.#current?.scrollIntoView({ block: "nearest" });
      if (!this.querySelector("#detail").contains(document.activeElement)) {
        this.#current?.focus({ preventScroll: true });
      }
      this.#chosen = false;
      this.#bar();
    } else if (target.id === "detail" && this.#focusDetail) {
      this.#focusDetail = false;
      this.querySelector("#detail h2")?.focus();
    }
    this.#mark();
  }

  #mark() {
    const open = this.#shown;
    this.#rows.forEach((row) => {
      if (row.dataset.incident === open) {
        row.setAttribute("aria-current", "true");
      } else {
        row.removeAttribute("aria-current");
      }
    });
  }

  // Somebody is in the queue: pointer over it, focus in it, scrolled down, or a row picked by hand.
  get #occupied() {
    const pane = this.querySelector(".queuepane");
    return this.#rows.length > 0
      && (this.#chosen || pane.matches(":hover") || pane.contains(document.activeElement)
        || this.#scroller.scrollTop > 4);
  }

  #live(message) {
    if (message.type === "reload") {
      this.#occupied ? this.#count() : this.#load(false);
      return;
    }
    const change = message.data;
    if (change.state !== "NEW" || this.querySelector(`.queue a[data-incident="${CSS.escape(change.id)}"]`)) {
      return;
    }
    announce(`${change.severityText} ${change.title}`);
    if (this.#occupied) {
      this.#waiting.set(change.id, change.severity);
      this.#bar();
    } else {
      this.#load(false);
    }
  }

  async #count() {
    const answer = await fetch(this.#queueUrl("ids"), { headers: { "Accept": "application/json" } });
    if (answer.ok) {
      const known = new Set(this.#rows.map((row) => row.dataset.incident));
      (await answer.json()).filter((row) => !known.has(row.id)).forEach((row) => this.#waiting.set(row.id, row.severity));
      this.#bar();
    }
  }

  #bar() {
    const bar = this.querySelector(".newbar");
    const highest = [...this.#waiting.values()].reduce((a, b) => (SEVERITIES.indexOf(a) > SEVERITIES.indexOf(b) ? a : b), "LOW");
    bar.hidden = this.#waiting.size === 0;
    bar.classList.toggle("critical", highest === "CRITICAL");
    bar.textContent = this.dataset.waiting
      .replace("{0}", this.#waiting.size)
      .replace("{1}", this.dataset[highest.toLowerCase()]);
  }

  #queueUrl(part) {
    return `/triage/${part}${location.search}`;
  }

  async #load(asked) {
    const before = new Set(this.#rows.map((row) => row.dataset.incident));
    const wasEmpty = before.size === 0;
    await htmx.ajax("GET", this.#queueUrl("rows"), { target: "#rows", swap: "innerHTML", source: this });
    this.#waiting.clear();
    this.#bar();
    this.#mark();
    const fresh = this.#rows.filter((row) => !before.has(row.dataset.incident));
    fresh.forEach((row) => row.classList.add("arrived"));
    if (asked) {
      this.#scroller.scrollTop = 0;
      fresh[0]?.focus({ preventScroll: true });
    } else if (wasEmpty && fresh[0] && !this.querySelector("#detail [data-incident]")) {
      fresh[0].click();
      this.#chosen = false;
    }
  }
}

customElements.define("cw-triage", Triage);
