// Comfort only: every page works without this file.
"use strict";

// After a refused form, the summary of what is wrong gets the focus.
function showErrors() {
  const summary = document.getElementById("error-summary");
  if (summary) summary.focus();
}
document.addEventListener("DOMContentLoaded", showErrors);
document.addEventListener("htmx:afterSettle", showErrors);

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method") !== "post") return; // not form.method: a box may have that name
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 8000);
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// One more empty row in a group of rows, once the last has been begun.
document.addEventListener("input", (event) => {
  const group = event.target.closest("[data-rows]");
  if (!group) return;
  const rows = group.querySelectorAll(":scope > .rowset");
  const last = rows[rows.length - 1];
  if (!last.contains(event.target)) return;
  const prefix = `${group.dataset.rows}.${rows.length - 1}.`;
  const next = `${group.dataset.rows}.${rows.length}.`;
  const copy = last.cloneNode(true);
  copy.querySelector("legend").textContent = String(rows.length + 1);
  for (const node of copy.querySelectorAll("[id],[name],[for],[aria-describedby]")) {
    for (const attribute of ["id", "name", "for", "aria-describedby"]) {
      const value = node.getAttribute(attribute);
      if (value) node.setAttribute(attribute, value.split(prefix).join(next));
    }
  }
  for (const box of copy.querySelectorAll("input,textarea,select")) {
    if (box.type === "radio" || box.type === "checkbox") box.checked = false;
    else box.value = "";
  }
  group.append(copy);
});
