// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

// <cw-live>: hears of changes and tells the page ("cw:live" on window); can be paused.

const ANNOUNCE_EVERY_MS = 10_000;

let announcedAt = 0;

/** Tells screen readers, at most once in ten seconds; what falls in between is on the screen. */
export function announce(text) {
  const now = Date.now();
  if (now - announcedAt >= ANNOUNCE_EVERY_MS) {
    announcedAt = now;
    document.getElementById("announce").textContent = text;
  }
}

class Live extends HTMLElement {
  #paused = false;
  #missed = false;
  #seen;
  #port;
  #button;

  connectedCallback() {
    this.#seen = Number(this.dataset.after);
    this.#button = document.createElement("button");
    this.#button.type = "button";
    this.#button.className = "livebutton";
    this.#button.addEventListener("click", () => this.#pause(!this.#paused));
    this.append(this.#button);
    this.#show("wait");
    this.hidden = false;
    const worker = new SharedWorker("/assets/js/live-worker.js", { name: this.dataset.stream });
    this.#port = worker.port;
    this.#port.onmessage = ({ data }) => this.#receive(data);
    document.addEventListener("visibilitychange", () => this.#visible());
    window.addEventListener("pagehide", () => this.#port.postMessage({ type: "bye" }));
    window.addEventListener("pageshow", () => this.#visible());
    this.#visible();
  }

  #visible() {
    const visible = document.visibilityState === "visible";
    this.#port.postMessage({ type: visible ? "visible" : "hidden", after: this.#seen });
    if (visible && this.#missed) {
      this.#missed = false;
      this.#tell({ type: "reload" });
    }
    this.#missed = !visible;
  }

  #receive(message) {
    if (message.type === "open" || message.type === "error") {
      this.#show(this.#paused ? "paused" : message.type);
      return;
    }
    if (message.leaf >= 0 && message.leaf <= this.#seen && message.type === "incident") {
      return;
    }
    this.#seen = Math.max(this.#seen, message.leaf ?? -1);
    if (this.#paused) {
      this.#missed = true;
    } else {
      this.#tell(message);
    }
  }

  #pause(paused) {
    this.#paused = paused;
    this.#show(paused ? "paused" : "open");
    if (!paused && this.#missed) {
      this.#missed = false;
      this.#tell({ type: "reload" });
    }
  }

  #tell(message) {
    window.dispatchEvent(new CustomEvent("cw:live", { detail: message }));
  }

  #show(state) {
    this.dataset.state = state;
    this.#button.textContent = this.dataset[state];
    this.#button.title = this.#paused ? this.dataset.resume : this.dataset.pause;
    this.#button.setAttribute("aria-pressed", String(this.#paused));
  }
}

customElements.define("cw-live", Live);

// The count in the navigation follows every page.
window.addEventListener("cw:live", async () => {
  const badge = document.getElementById("fresh-count");
  if (!badge) {
    return;
  }
  const answer = await fetch("/triage/count", { headers: { "Accept": "application/json" } });
  if (answer.ok) {
    const { fresh } = await answer.json();
    badge.textContent = fresh;
    badge.hidden = fresh === 0;
  }
});
