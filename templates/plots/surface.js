// E over two weights: other pairs, and the point with its contour line and the way down.
kinds.surface = function (root, model, data) {
  var svg = root.querySelector("svg"), b = bar(svg.parentElement), pair = data.pair.slice();
  var chosen = make("label", b, data.choose + " "), grid, here, box;
  var selects = pair.map(function (now, k) {
    var select = chooser(chosen, data.names, function (n) {
      if (n === pair[1 - k]) selects[1 - k].value = pair[1 - k] = pair[k];
      pair[k] = n;
      turn();
    });
    select.value = now;
    return put(select, { "aria-label": data.choose });
  });
  var handles = pair.map(function (_, k) {
    return slider(b, "", function (v) { here[k] = v; set(); });
  });
  var said = spoken(b);
  function parts(name) { return Array.from(svg.querySelectorAll("[data-part=" + name + "]")); }
  function clear(name) { parts(name).forEach(function (e) { e.remove(); }); }
  function weights(x, y) {
    var w = data.weights.slice();
    w[pair[0]] = x; w[pair[1]] = y;
    return w;
  }
  function heights() {
    var xs = [], ys = [], z = [], n = 48, i, j;
    for (i = 0; i <= n; i++) {
      xs.push(box.value(box.left + i / n * (box.right - box.left)));
      ys.push(box.height(box.bottom - i / n * (box.bottom - box.top)));
    }
    for (j = 0; j <= n; j++) {
      z.push([]);
      for (i = 0; i <= n; i++) z[j].push(model(weights(xs[i], ys[j])).E);
    }
    return { x: xs, y: ys, z: z };
  }
  // The pieces of one contour line, a straight piece or two for each cell of the grid.
  function pieces(level) {
    var x = grid.x, y = grid.y, z = grid.z, found = [], i, j;
    function cut(a, b, p, q) { // where the level is met between two corners
      if ((a < level) === (b < level)) return null;
      var t = (level - a) / (b - a);
      return [box.x(p[0] + t * (q[0] - p[0])), box.y(p[1] + t * (q[1] - p[1]))];
    }
    for (j = 0; j + 1 < y.length; j++) for (i = 0; i + 1 < x.length; i++) {
      var h = [z[j][i], z[j][i + 1], z[j + 1][i + 1], z[j + 1][i]];
      if (!h.every(isFinite)) continue;
      var c = [[x[i], y[j]], [x[i + 1], y[j]], [x[i + 1], y[j + 1]], [x[i], y[j + 1]]];
      var ends = [0, 1, 2, 3].map(function (k) {
        return cut(h[k], h[(k + 1) % 4], c[k], c[(k + 1) % 4]);
      });
      var met = ends.filter(Boolean);
      if (met.length === 4 && ((h[0] + h[1] + h[2] + h[3]) / 4 < level) === (h[0] < level)) {
        met = [ends[0], ends[1], ends[2], ends[3]];
      } else if (met.length === 4) {
        met = [ends[3], ends[0], ends[1], ends[2]];
      }
      for (var k = 0; k + 1 < met.length; k += 2) found.push([met[k], met[k + 1]]);
    }
    return found;
  }
  function add(tag, part, attributes, before) {
    var e = drawn(tag, attributes);
    e.dataset.part = part;
    return svg.insertBefore(e, before || null);
  }
  function draw(level, part, tone, width) {
    var lines = pieces(level);
    if (!lines.length) return null;
    add("path", part, {
      d: lines.map(function (l) {
        return "M" + l.map(function (p) { return p[0].toFixed(1) + " " + p[1].toFixed(1); }).join("L");
      }).join(""), fill: "none", stroke: "var(--" + tone + ")", "stroke-width": width
    }, parts("point")[0]);
    return lines[Math.floor(lines.length / 3)][0];
  }
  function text(x, y, what, part, anchor, tone) {
    var e = add("text", part, {
      x: x, y: y + 4.4, "text-anchor": anchor, fill: "var(--" + tone + ")",
      stroke: "var(--paper)", "stroke-width": 4, "paint-order": "stroke"
    }, parts("point")[0]);
    e.textContent = what;
  }
  function contours() {
    var all = [].concat.apply([], grid.z).filter(isFinite);
    var low = Math.min.apply(null, all), high = Math.max.apply(null, all);
    clear("contour");
    if (!(high - low > 1e-9 * Math.max(Math.abs(low), Math.abs(high)))) return;
    var marks = [];
    for (var n = 0; n < 9; n++) {
      var level = +(low + (high - low) * Math.pow((n + 0.5) / 9, 2)).toPrecision(2);
      var p = draw(level, "contour", "soft", 1);
      if (p && n % 2) marks.push([p, figures(level)]);
    }
    marks.forEach(function (m) { text(m[0][0], m[0][1], m[1], "contour", "middle", "soft"); });
  }
  function ticks() {
    var size = (box.high - box.low) / 6, power = Math.pow(10, Math.floor(Math.log10(size)));
    var step = [1, 2, 5, 10].map(function (s) { return s * power; })
      .find(function (s) { return s >= size * (1 - 1e-9); }), n, v;
    var digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    function said(v) { return v.toFixed(Math.min(digits, 9)).replace("-", "−"); }
    clear("tick");
    for (n = Math.ceil(box.low / step - 1e-9); (v = n * step) <= box.high + 1e-9 * step; n++) {
      text(box.x(v), box.bottom + 12, said(v), "tick", "middle", "soft");
    }
    var ends = [box.floor, box.ceiling];
    for (n = Math.ceil(ends[0] / step - 1e-9); (v = n * step) <= ends[1] + 1e-9 * step; n++) {
      text(box.left - 6, box.y(v), said(v), "tick", "end", "soft");
    }
  }
  function name(part, letters) {
    var e = parts(part)[0], below = 0;
    e.textContent = "";
    letters.forEach(function (run) {
      var t = drawn("tspan", {});
      var shift = [4, 0, -5][run[1] + 1];
      t.textContent = run[0];
      t.setAttribute("dy", shift - below);
      if (run[1]) t.setAttribute("font-size", 10.1);
      below = shift;
      e.appendChild(t);
    });
  }
  function path() {
    clear("path");
    if (data.path.length < 2) return;
    var steps = data.path.map(function (w) { return [box.x(w[pair[0]]), box.y(w[pair[1]])]; });
    add("polyline", "path", {
      points: points(steps), fill: "none",
      stroke: "var(--ink)", "clip-path": "url(#" + clip + ")"
    }, parts("point")[0]);
    if (steps.length <= 41) steps.slice(1).forEach(function (p) {
      if (p[0] < box.left || p[0] > box.right || p[1] < box.top || p[1] > box.bottom) return;
      add("circle", "path", { cx: p[0], cy: p[1], r: 2, fill: "var(--ink)" }, parts("point")[0]);
    });
  }
  function arrow(g) {
    clear("arrow");
    var x = box.x(here[0]), y = box.y(here[1]);
    var dx = box.x(here[0] - data.times * g[0]) - x, dy = box.y(here[1] - data.times * g[1]) - y;
    if (!(Math.hypot(dx, dy) > 0.5)) return;
    var tip = head(x + dx, y + dy, dx, dy);
    var whole = add("g", "arrow", { "clip-path": "url(#" + clip + ")" }, parts("point")[0]);
    whole.appendChild(add("polyline", "arrow", {
      points: points([[x, y], tip.base]), fill: "none", stroke: "var(--second)", "stroke-width": 2.6
    }));
    whole.appendChild(add("polygon", "arrow", {
      points: tip.points, fill: "var(--second)", stroke: "var(--second)", "stroke-width": 0
    }));
  }
  function set() {
    here = here.map(function (v, k) { return keep(v, +handles[k].min, +handles[k].max); });
    var found = model(weights(here[0], here[1]));
    var g = pair.map(function (n) { return found.g[n]; });
    handles.forEach(function (handle, k) { handle.value = here[k]; });
    grid = grid || heights();
    clear("same");
    if (isFinite(found.E)) draw(found.E, "same", "accent", 2.2);
    arrow(g);
    parts("point").forEach(function (dot) {
      at(dot, box.x(here[0]), box.y(here[1]));
    });
    said.textContent = equations(pair.map(function (n, k) { return [data.names[n], here[k]]; })
      .concat([[data.error, found.E]], pair.map(function (n, k) { return [data.slopes[n], g[k]]; })));
  }
  function turn() {
    var ends = pair.map(function (n) {
      var own = data.weights[n];
      return data.range || [own - data.reach, own + data.reach];
    });
    var old = svg.dataset.scale.split(" ").slice(0, 4);
    svg.dataset.scale = old.concat(ends[0][0], ends[1][0], ends[0][1], ends[1][1]).join(" ");
    box = scale(svg); grid = null;
    begin();
    grid = heights();
    clear("ring");
    svg.querySelector("desc").textContent = "";
    ticks(); contours(); path();
    name("x-name", data.letters[pair[0]]);
    name("y-name", data.letters[pair[1]]);
    svg.appendChild(parts("y-name")[0]);
    set();
  }
  function begin() {
    here = pair.map(function (n) { return data.weights[n]; });
    var ends = [[box.low, box.high], [box.floor, box.ceiling]];
    handles.forEach(function (handle, k) {
      handle.min = ends[k][0]; handle.max = ends[k][1]; handle.value = here[k];
      put(handle, { "aria-label": data.move[pair[k]] });
    });
  }
  box = scale(svg);
  var clip = "inside" + Math.random().toString(36).slice(2);
  var frame = add("clipPath", "frame", { id: clip });
  frame.appendChild(add("rect", "frame", {
    x: box.left, y: box.top, width: box.right - box.left, height: box.bottom - box.top
  }));
  begin();
  var grip = svg.appendChild(parts("point")[0].cloneNode()); // as large as a finger
  put(grip, { r: 22, fill: "transparent" });
  grip.style.touchAction = "none";
  dragged(svg, function (p) { here = [box.value(p.x), box.height(p.y)]; set(); });
};
