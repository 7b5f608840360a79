// Pointing at a quantity lights it up wherever it stands, in formulas and in the diagram.
document.querySelectorAll(".backprop").forEach(function (page) {
  function base(q) { return q.replace(/\[[\d.]*\]$/, ""); }
  function light(event) {
    page.querySelectorAll(".lit").forEach(function (e) { e.classList.remove("lit"); });
    var at = event.type === "pointerleave" ? null : event.target.closest("[data-q]");
    if (!at) return;
    var q = base(at.dataset.q);
    page.querySelectorAll("[data-q]").forEach(function (e) {
      if (!e.classList.contains("line") && base(e.dataset.q) === q) e.classList.add("lit");
    });
  }
  ["pointerover", "pointerleave", "click"].forEach(function (kind) {
    page.addEventListener(kind, light);
  });
});
// What is folded is printed too.
window.addEventListener("beforeprint", function () {
  document.querySelectorAll(".backprop details").forEach(function (e) { e.open = true; });
});
