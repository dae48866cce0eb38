// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

// <cw-brush>: dragging over a histogram narrows the time range; without script its buckets are links.

const MIN_PIXELS = 6;

class Brush extends HTMLElement {
  connectedCallback() {
    const svg = this.querySelector("svg");
    if (svg) {
      svg.addEventListener("pointerdown", (event) => this.#start(svg, event));
      svg.addEventListener("dragstart", (event) => event.preventDefault());
    }
  }

  #start(svg, down) {
    if (down.button !== 0) {
      return;
    }
    const area = svg.querySelector(".area").getBoundingClientRect();
    const at = (event) => Math.min(1, Math.max(0, (event.clientX - area.left) / area.width));
    const from = at(down);
    const rect = this.#rectangle(svg);
    const move = (event) => this.#draw(svg, rect, from, at(event));
    const up = (event) => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", up);
      rect.remove();
      if (Math.abs(at(event) - from) * area.width >= MIN_PIXELS) {
        svg.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
        this.#go(Math.min(from, at(event)), Math.max(from, at(event)));
      }
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", up);
  }

  #rectangle(svg) {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    rect.setAttribute("class", "brush");
    svg.append(rect);
    return rect;
  }

  #draw(svg, rect, from, to) {
    const area = svg.querySelector(".area");
    rect.setAttribute("x", `${Math.min(from, to) * 100}%`);
    rect.setAttribute("width", `${Math.abs(to - from) * 100}%`);
    rect.setAttribute("y", area.getAttribute("y"));
    rect.setAttribute("height", area.getAttribute("height"));
  }

  #go(from, to) {
    const start = Number(this.dataset.from);
    const span = Number(this.dataset.to) - start;
    const url = new URL(location.href);
    url.searchParams.delete("after");
    url.searchParams.delete("span");
    url.searchParams.set("from", this.#local(start + from * span, Math.floor));
    url.searchParams.set("to", this.#local(start + to * span, Math.ceil));
    location.assign(url);
  }

  // As the page writes times: by the clock of the platform's zone, not the browser's, in seconds.
  #local(millis, round) {
    const seconds = round(millis / 1000) * 1000 + Number(this.dataset.offset);
    return new Date(seconds).toISOString().slice(0, 19).replace("T", " ");
  }
}

customElements.define("cw-brush", Brush);
