// Small conveniences; every page works without this file.
"use strict";

// Follow an upload until it is done, then say so.
const job = document.querySelector("[data-job]");
if (job) {
  const step = async () => {
    const answer = await fetch(job.dataset.job, { headers: { accept: "application/json" } });
    if (!answer.ok) { return; }
    const found = await answer.json();
    if (found.state === "done" || found.state === "failed") { location.reload(); return; }
    const bar = job.querySelector("progress");
    if (bar && found.total) { bar.max = found.total; bar.value = found.done; }
    setTimeout(step, 700);
  };
  setTimeout(step, 700);
}

// The search field is reached with "/" from anywhere but a field.
document.addEventListener("keydown", (event) => {
  const field = document.getElementById("q");
  const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.key === "/" && field && !writing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    field.focus();
  }
});
