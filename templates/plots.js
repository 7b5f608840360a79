// Pictures step by step, and weights that can be moved. Without this script every leaf is shown.
(function () {
"use strict";
function make(tag, parent, text) {
  var e = parent.appendChild(document.createElement(tag));
  if (text) e.textContent = text;
  return e;
}
function figures(x) {
  return (Math.abs(x) < 1e-4 && x !== 0 || Math.abs(x) >= 1e6 ? x.toExponential(4) : String(+x.toPrecision(6))).replace("-", "−");
}
function keep(x, low, high) { return Math.max(low, Math.min(high, x)); }
function put(e, attributes) {
  Object.keys(attributes).forEach(function (key) { e.setAttribute(key, attributes[key]); });
  return e;
}
function drawn(tag, attributes) {
  return put(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes);
}
function at(e, x, y) { put(e, { cx: x, cy: y }); }
function slider(parent, label, move) {
  var e = put(make("input", parent), label ? { "aria-label": label } : {});
  e.type = "range"; e.step = "any";
  e.addEventListener("input", function () { move(+e.value); });
  return e;
}
function spoken(parent) { return put(make("output", parent), { "aria-live": "polite" }); }
function chooser(parent, names, choose) {
  var e = make("select", parent);
  names.forEach(function (name, n) { make("option", e, name).value = n; });
  e.addEventListener("change", function () { choose(+e.value); });
  return e;
}
function equations(pairs) { // names with numbers
  return pairs.map(function (p) { return p[0] + " = " + figures(p[1]); }).join(",  ");
}
function points(every) { return every.map(function (p) { return p.join(","); }).join(" "); }
function head(x, y, dx, dy) { // of an arrow that goes this way to its tip
  var long = Math.hypot(dx, dy), size = Math.min(9, long), ux = dx / long, uy = dy / long;
  var bx = x - size * ux, by = y - size * uy, slim = 0.36 * size;
  return { base: [bx, by], points: points([[x, y], [bx - slim * uy, by + slim * ux], [bx + slim * uy, by - slim * ux]]) };
}
function bar(album) {
  var b = document.createElement("div");
  b.className = "turn";
  album.parentElement.insertBefore(b, album);
  album.classList.add("paged");
  return b;
}
function leaves(album) { return Array.from(album.children); }
function show(album, n) {
  leaves(album).forEach(function (leaf, m) { leaf.hidden = m !== n; });
}

document.querySelectorAll(".backprop .album.steps").forEach(function (album) {
  var all = leaves(album), b = bar(album), now = 0;
  var back = make("button", b, "◀"), next = make("button", b, "▶"), where = make("output", b);
  back.setAttribute("aria-label", album.dataset.back);
  next.setAttribute("aria-label", album.dataset.next);
  function go(n) {
    now = Math.max(0, Math.min(all.length - 1, n));
    show(album, now);
    back.disabled = now === 0;
    next.disabled = now === all.length - 1;
    where.textContent = (now + 1) + " / " + all.length;
  }
  back.addEventListener("click", function () { go(now - 1); });
  next.addEventListener("click", function () { go(now + 1); });
  go(0);
});

// A chart's box: where a value stands, and which value stands at a place.
function scale(svg, n) { // n: which of several below each other
  var s = svg.dataset.scale.split(" ").map(Number).slice(8 * (n || 0));
  return {
    left: s[0], top: s[1], right: s[2], bottom: s[3], low: s[4], high: s[6], floor: s[5], ceiling: s[7],
    x: function (v) { return s[0] + (v - s[4]) / (s[6] - s[4]) * (s[2] - s[0]); },
    y: function (v) { return s[3] - (v - s[5]) / (s[7] - s[5]) * (s[3] - s[1]); },
    value: function (x) { return s[4] + (x - s[0]) / (s[2] - s[0]) * (s[6] - s[4]); },
    height: function (y) { return s[5] + (s[3] - y) / (s[3] - s[1]) * (s[7] - s[5]); }
  };
}
function place(svg, event) {
  var p = svg.createSVGPoint();
  p.x = event.clientX; p.y = event.clientY;
  return p.matrixTransform(svg.getScreenCTM().inverse());
}
function dragged(svg, move) {
  var held = false;
  svg.style.touchAction = "pan-y";
  svg.addEventListener("pointerdown", function (e) { held = true; move(place(svg, e)); });
  svg.addEventListener("pointermove", function (e) { if (held) move(place(svg, e)); });
  window.addEventListener("pointerup", function () { held = false; });
}

var kinds = {};
{% include 'plots/slice.js' %}

{% include 'plots/surface.js' %}

{% include 'plots/pulls.js' %}

{% include 'plots/transfer.js' %}

{% include 'plots/eta.js' %}

(window.backpropLive || []).forEach(function (one) {
  if (kinds[one[0]]) kinds[one[0]](one[1], one[2], one[3]);
});
window.backpropLive = [];
})();
