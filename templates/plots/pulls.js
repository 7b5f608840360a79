// The way down of each pattern and of all: the arrows follow the point.
kinds.pulls = function (root, model, data) {
  var svg = root.querySelector("svg"), box = scale(svg), s = svg.dataset.scale.split(" ").map(Number);
  var b = document.createElement("div"), said, w = data.weights.slice(), head = 9, slim = 0.36;
  b.className = "turn";
  root.insertBefore(b, root.firstChild);
  var handles = data.places.map(function (at, n) {
    var handle = make("input", make("label", b, data.names[n] + " "));
    handle.type = "range"; handle.step = "any";
    handle.min = s[4 + n]; handle.max = s[6 + n]; handle.value = w[at];
    handle.setAttribute("aria-label", data.move[n]);
    handle.addEventListener("input", function () { w[at] = +handle.value; set(); });
    return handle;
  });
  said = make("output", b);
  said.setAttribute("aria-live", "polite");
  function part(name) { return svg.querySelector("[data-part=" + name + "]"); }
  function arrow(group, x, y, down) {
    if (!group) return;
    var dx = down[0] * data.scale / (s[6] - s[4]) * (s[2] - s[0]);
    var dy = -down[1] * data.scale / (s[7] - s[5]) * (s[3] - s[1]);
    // cut off at the edge of the box, without a head
    var keep = Math.min(1, dx > 0 ? (s[2] - x) / dx : dx < 0 ? (s[0] - x) / dx : 1, dy > 0 ? (s[3] - y) / dy : dy < 0 ? (s[1] - y) / dy : 1);
    var long = Math.hypot(dx, dy), size = Math.min(head, long), ux = dx / long, uy = dy / long;
    var ex = x + dx * keep, ey = y + dy * keep;
    group.querySelector("polyline").setAttribute("points", x + "," + y + " " + ex + "," + ey);
    var tip = group.querySelector("polygon");
    if (tip) tip.setAttribute("points", long && keep === 1 ? [[ex, ey], [ex - size * ux - slim * size * uy, ey - size * uy + slim * size * ux], [ex - size * ux + slim * size * uy, ey - size * uy - slim * size * ux]].join(" ") : "");
    return long && keep === 1 ? [ex + data.beyond * ux, ey + data.beyond * uy] : null;
  }
  function set() {
    var found = model(w), x = box.x(w[data.places[0]]), y = box.y(w[data.places[1]]);
    var dot = part("point");
    dot.setAttribute("cx", x); dot.setAttribute("cy", y);
    found.v.forEach(function (v, n) {
      var place = arrow(part("pull-" + n), x, y, data.slopes.map(function (at) { return -v[at]; }));
      var number = part("number-" + n);
      if (!number) return;
      number.style.display = place ? "" : "none";
      if (place) { number.setAttribute("x", place[0]); number.setAttribute("y", place[1] + 4.4); }
    });
    var g = data.places.map(function (at) { return found.g[at]; });
    arrow(part("true"), x, y, g.map(function (d) { return -d; }));
    data.places.forEach(function (at, n) { handles[n].value = w[at]; });
    said.textContent = data.places.map(function (at, n) { return data.names[n] + " = " + figures(w[at]); }).join(",  ") +
      ",  " + data.error + " = " + figures(found.E) + ",  " + g.map(function (d, n) { return data.gradient[n] + " = " + figures(d); }).join(",  ");
  }
  dragged(svg, function (p) {
    [[p.x, 0, 2, 4], [p.y, 3, 1, 5]].forEach(function (one, n) {
      var value = s[one[3]] + (one[0] - s[one[1]]) / (s[one[2]] - s[one[1]]) * (s[one[3] + 2] - s[one[3]]);
      w[data.places[n]] = Math.max(s[one[3]], Math.min(s[one[3] + 2], value));
    });
    set();
  });
  svg.style.touchAction = "none";
};
