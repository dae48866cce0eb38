// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

// Single keys press what carries the same data-key; none acts while the user types or a pane loads.

const OFF = "citywall.keys.off";
const PLACES = { t: "/triage", i: "/incidents", s: "/search", h: "/", c: "/compliance/systems" };
let going = false;

export function typing(target) {
  return target instanceof HTMLElement
    && (target.isContentEditable || target.matches("textarea, select, input:not([type=radio], [type=checkbox])"));
}

export function reachable(element) {
  return element && !element.disabled && element.offsetParent !== null && !element.closest("[aria-busy=true]");
}

// The next key may come before the browser tells that a drop has opened.
function use(element) {
  element.click();
  const drop = element.matches("summary") && element.closest("details.drop[open]");
  (drop ? firstControl(drop) : element.matches("input") ? element : null)?.focus();
}

function firstControl(drop) {
  return drop.querySelector("form input:not([type=hidden]), form textarea");
}

function press(key) {
  const dialog = document.querySelector("dialog[open]");
  const open = document.querySelector("details.drop[open]");
  const within = dialog ?? open;
  const own = within && [...within.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(reachable);
  if (own) {
    use(own);
    return true;
  }
  if (within) {
    return false;
  }
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find(reachable);
  if (!target || target.closest("details.drop:not([open]) > form")) {
    return false;
  }
  use(target);
  return true;
}

function goTo(key) {
  going = false;
  if (PLACES[key]) {
    location.assign(PLACES[key]);
    return true;
  }
  return false;
}

function search() {
  const box = document.querySelector("main input[name=q]") ?? document.querySelector(".quick input");
  box?.focus();
  box?.select();
  return Boolean(box);
}

function act(key) {
  if (going) {
    return goTo(key);
  }
  switch (key) {
    case "g":
      going = true;
      setTimeout(() => (going = false), 1500);
      return true;
    case "/":
      return search();
    case "?":
      document.getElementById("keys")?.showModal();
      return true;
    case ".":
      navigator.clipboard?.writeText(location.href);
      return true;
    default:
      return press(key);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) {
    return;
  }
  if (event.key === "Escape") {
    document.querySelectorAll("details.drop[open], details.menu[open]").forEach((drop) => {
      drop.open = false;
      drop.querySelector("summary").focus();
    });
    return;
  }
  if (typing(event.target) || localStorage.getItem(OFF)) {
    return;
  }
  if (event.key.length === 1 && event.key !== " " && act(event.key)) {
    event.preventDefault();
  }
});

// A drop that opens takes the focus to its first control; a click elsewhere closes it.
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("details.drop[open]")) {
    if (!event.target.querySelector("form")?.contains(document.activeElement)) {
      firstControl(event.target)?.focus();
    }
  }
}, true);

document.addEventListener("click", (event) => {
  document.querySelectorAll("details.drop[open], details.menu[open]").forEach((drop) => {
    if (!drop.contains(event.target)) {
      drop.open = false;
    }
  });
  const opener = event.target.closest?.("[data-open]");
  if (opener) {
    document.getElementById(opener.dataset.open)?.showModal();
  }
});

const toggle = document.getElementById("keys-off");
if (toggle) {
  toggle.checked = Boolean(localStorage.getItem(OFF));
  toggle.addEventListener("change", () =>
    toggle.checked ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF));
}
