// The frame around the pages: theme button, station picker, and what to do when the circuit is lost for good.
const RETRY_MS = 5000;

document.querySelector("[data-theme-toggle]")?.addEventListener("click", () => {
  const root = document.documentElement;
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // Storage may be forbidden: the choice then lasts for this page.
  }
});

for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.submit());
}

// Reloading while the server is away would leave the browser's own error page on the wall for ever: ask first.
let waiting = false;
async function reloadWhenBack() {
  if (waiting) return;
  waiting = true;
  for (;;) {
    try {
      const answer = await fetch(location.href, { method: "GET", cache: "no-store" });
      if (answer.ok) {
        location.reload();
        return;
      }
    } catch {
      // Still away.
    }
    await new Promise(done => setTimeout(done, RETRY_MS));
  }
}

document.getElementById("components-reconnect-modal")?.addEventListener("components-reconnect-state-changed", event => {
  if (event.detail.state === "failed" || event.detail.state === "rejected") reloadWhenBack();
});
