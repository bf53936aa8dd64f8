// Runs before the first paint. ?theme= wins and is remembered, then the stored choice, then what the system prefers.
(() => {
  const asked = new URLSearchParams(location.search).get("theme");
  let theme = asked === "light" || asked === "dark" ? asked : null;
  try {
    if (theme) localStorage.setItem("theme", theme);
    else theme = localStorage.getItem("theme");
  } catch {
    // Storage may be forbidden: the choice then lasts for this page.
  }
  theme ??= matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
})();
