// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

// <cw-suggest>: completes the field name before the cursor; the server answers with few names only.

const WORD = /[\w.@]+$/;

class Suggest extends HTMLElement {
  #input;
  #list;
  #asked = "";

  connectedCallback() {
    this.#input = this.querySelector("input");
    this.#list = this.querySelector("[role=listbox]");
    this.#input.addEventListener("input", () => this.#ask());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("blur", () => setTimeout(() => this.#close(), 150));
    this.#list.addEventListener("pointerdown", (event) => this.#take(event.target.closest("li"), event));
  }

  #word() {
    return this.#input.value.slice(0, this.#input.selectionStart).match(WORD)?.[0] ?? "";
  }

  async #ask() {
    const word = this.#word();
    this.#asked = word;
    if (word.length < 2) {
      this.#close();
      return;
    }
    const answer = await fetch(`/search/fields?prefix=${encodeURIComponent(word)}`);
    if (answer.ok && this.#asked === word) {
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      this.#list.replaceChildren(...parsed.querySelectorAll("li"));
      this.#input.setAttribute("aria-expanded", String(this.#list.children.length > 0));
    }
  }

  #key(event) {
    const items = [...this.#list.children];
    if (items.length === 0) {
      return;
    }
    const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = (at + (event.key === "ArrowDown" ? 1 : -1) + items.length) % items.length;
      this.#select(items, at < 0 && event.key === "ArrowUp" ? items.length - 1 : next);
      event.preventDefault();
    } else if ((event.key === "Enter" || event.key === "Tab") && at >= 0) {
      this.#take(items[at], event);
    } else if (event.key === "Escape") {
      this.#close();
    }
  }

  #select(items, index) {
    items.forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    this.#input.setAttribute("aria-activedescendant", items[index].id);
    items[index].scrollIntoView({ block: "nearest" });
  }

  #take(item, event) {
    if (item) {
      event.preventDefault();
      const end = this.#input.selectionStart;
      const start = end - this.#word().length;
      this.#input.setRangeText(`${item.dataset.name}:`, start, end, "end");
      this.#close();
      this.#input.focus();
    }
  }

  #close() {
    this.#list.replaceChildren();
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}

customElements.define("cw-suggest", Suggest);
