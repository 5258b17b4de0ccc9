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

// Review: single keys do what the buttons and links that name them do. They can be switched off,
// and do nothing while something is being written.
document.addEventListener("keydown", (event) => {
  const writing = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (writing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) { return; }
  const key = CSS.escape(event.key);
  const target = document.querySelector(`[data-key="${key}"]`);
  const field = document.querySelector(`[data-focus="${key}"]`);
  if (target) { event.preventDefault(); target.click(); }
  if (field) { event.preventDefault(); field.focus(); }
});
