// Words selected in the text are filled into the form that binds them; without this, the form is filled in by hand.
(() => {
  "use strict";
  document.querySelector("[data-focus]")?.focus();
  const law = document.querySelector(".bind-law");
  const here = law?.querySelector("mark.here");
  if (here && law.scrollHeight > law.clientHeight + 1) {
    law.scrollTop += here.getBoundingClientRect().top - law.getBoundingClientRect().top - law.clientHeight / 3;
  }
  const form = document.getElementById("words-form");
  const told = form?.querySelector("[data-selected]");
  for (const hint of document.querySelectorAll(".needs-script")) hint.hidden = !form;
  if (!form) return;
  told.textContent = told.dataset.none;

  // What stands in the text, without the numbers that are set beside it.
  function words(range) {
    const copy = range.cloneContents();
    for (const number of copy.querySelectorAll("sup")) number.remove();
    return copy.textContent;
  }

  function occurrences(within, sought) {
    let count = 0;
    for (let at = within.indexOf(sought); at >= 0; at = within.indexOf(sought, at + 1)) count += 1;
    return count;
  }

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const part = range.startContainer.parentElement?.closest("[data-at]");
    if (!part || !part.contains(range.endContainer)) return;
    const chosen = words(range);
    const trimmed = chosen.trim();
    if (!trimmed) return;
    const before = document.createRange();
    before.selectNodeContents(part);
    before.setEnd(range.startContainer, range.startOffset);
    const whole = document.createRange();
    whole.selectNodeContents(part);
    const place = words(before).length + (chosen.length - chosen.trimStart().length);
    const upTo = words(whole).slice(0, place + trimmed.length);
    form.elements.at.value = part.dataset.at;
    form.elements.words.value = trimmed;
    form.elements.nth.value = occurrences(upTo, trimmed);
    document.getElementById("words-way").open = true;
    told.textContent = `${told.dataset.some}“${trimmed}”`;
  });
  form.elements.words.addEventListener("input", () => {
    form.elements.nth.value = "";
  });
})();
