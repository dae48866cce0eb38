// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

// <cw-toast>: what was just done and how to undo it; leaves after ten seconds, not while in use.

const STAY_MS = 10_000;

class Toast extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    const wait = () => (this.#timer = setTimeout(() => this.#leave(wait), STAY_MS));
    wait();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  #leave(wait) {
    if (this.matches(":hover, :focus-within")) {
      wait();
    } else {
      this.remove();
    }
  }
}

customElements.define("cw-toast", Toast);
