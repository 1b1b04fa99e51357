// What an article's text and its tables say of one another, shown on hover and focus; kinds of marks on and off.
// Every page that uses this works without it: the marks are links, and all of them are shown.
"use strict";

const LIT = "lit";
const lit = { pointerover: [], focusin: [] };

// The rows (or marks on the other side) that a mark leads to, and all marks that lead to a row.
function together(element) {
  const mark = element.closest("mark");
  const start = mark || element.closest("tr[id], li[id]");
  if (!start) return [];
  const link = mark && mark.querySelector(":scope > a, :scope > .also");
  const key = link ? link.hash.slice(1) : start.id;
  const row = document.getElementById(key);
  const marks = [...document.querySelectorAll(`mark > a[href="#${CSS.escape(key)}"]`)].map((a) => a.parentElement);
  return row || marks.length ? [start, row, ...marks].filter(Boolean) : [];
}

// What the pointer is on and what has the focus are lit side by side: a page that scrolls moves under the pointer.
function light(event) {
  lit[event.type] = event.target.closest ? together(event.target) : [];
  const now = new Set(Object.values(lit).flat());
  for (const element of document.querySelectorAll(`.${LIT}`)) element.classList.toggle(LIT, now.has(element));
  for (const element of now) element.classList.add(LIT);
}

// A kind of marks that is switched off is plain text: no colour, and no stop for the keyboard.
function choose(box) {
  for (const mark of document.querySelectorAll(`.prose mark.${CSS.escape(box.value)}`)) {
    mark.classList.toggle("off", !box.checked);
    for (const link of mark.querySelectorAll(":scope > a")) link.tabIndex = box.checked ? 0 : -1;
  }
}

document.addEventListener("pointerover", light);
document.addEventListener("focusin", light);
for (const box of document.querySelectorAll(".legend input")) {
  box.disabled = box.hidden = false;
  choose(box);
  box.addEventListener("change", () => choose(box));
}
