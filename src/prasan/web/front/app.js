// Everything here only enhances: each page works without it.
import htmx from "htmx.org";
import "./filling.js";

// A strict content security policy forbids evaluated code and injected style elements.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
// Pages hold planning data of whoever is signed in; nothing of them is left in the browser's storage.
htmx.config.historyCacheSize = 0;
// A 4xx answer is a page that teaches, so it is shown as well.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "4..", swap: true, error: true },
  { code: "...", swap: false, error: true },
];

// Files may be dropped on the field; without this the browser's own button does the same.
for (const zone of document.querySelectorAll("[data-drop]")) {
  const field = zone.querySelector("input[type=file]");
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    field.files = event.dataTransfer.files;
  });
}

// A chosen filter applies at once; typed words wait for Enter or the button.
document.addEventListener("change", (event) => {
  if (event.target.matches(".filters select")) event.target.form.requestSubmit();
});

// Errors are read out and reached first, as on GOV.UK.
document.querySelector(".govuk-error-summary")?.focus();

// An open menu closes with Escape, as people expect.
document.addEventListener("keydown", (event) => {
  const menu = document.querySelector(".menu[open]");
  if (event.key === "Escape" && menu) {
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  }
});
