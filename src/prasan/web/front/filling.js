// A form whose rows are filled in loses nothing: rows that were changed stay when the list is filtered, sorted or paged,
// and the browser asks before the page is left. The server sends changed rows along with the others (`Kept-Rows`).
const form = document.querySelector("form.fill");

if (form) {
  const fields = () => [...form.elements].filter((one) => one.name && !["hidden", "submit"].includes(one.type));
  // What was refused stands there as it was typed, though it looks as if the server had said it.
  const refused = new Set("refused" in form.dataset ? fields().map((one) => one.name) : []);
  const changed = (field) => {
    if (refused.has(field.name)) return true;
    if (field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (!field.options) return field.value !== field.defaultValue;
    return field.selectedIndex !== Math.max(0, [...field.options].findIndex((one) => one.defaultSelected));
  };
  const unsaved = () => fields().filter(changed);
  const rowOf = (field) => field.closest("tr")?.querySelector("input[name=row]")?.value;
  let kept = [];
  let sent = false;

  document.addEventListener("htmx:configRequest", (event) => {
    const rows = new Set(unsaved().map(rowOf).filter(Boolean));
    if (rows.size) event.detail.headers["Kept-Rows"] = [...rows].join(",");
  });
  // Nothing is typed while the rows are on their way, and going back leaves the page, which the browser asks about.
  document.addEventListener("htmx:beforeRequest", () => { form.inert = true; });
  document.addEventListener("htmx:afterRequest", () => { form.inert = false; });
  document.addEventListener("htmx:beforeHistoryUpdate", (event) => { event.detail.history.type = "replace"; });

  form.addEventListener("htmx:beforeSwap", (event) => {
    kept = unsaved().filter(rowOf);
    if (kept.every((one) => event.detail.serverResponse.includes(`name="${one.name}"`))) return;
    event.detail.shouldSwap = false; // closed meanwhile, or to sign in again: not in the place of what was typed
    window.location.assign(event.detail.pathInfo.finalRequestPath);
  });
  form.addEventListener("htmx:afterSwap", () => {
    for (const old of kept) {
      const now = form.elements.namedItem(old.name);
      if (old.type === "checkbox") now.checked = old.checked;
      else now.value = old.value;
      now.closest("details")?.setAttribute("open", "");
    }
    kept = [];
  });

  form.addEventListener("submit", () => { sent = true; });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sent && unsaved().length) event.preventDefault();
  });
}
