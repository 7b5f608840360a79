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
    back.setAttribute("aria-label", "◀"); next.setAttribute("aria-label", "▶");
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
  function scale(svg) {
    var s = svg.dataset.scale.split(" ").map(Number);
    return {
      left: s[0], top: s[1], right: s[2], bottom: s[3], low: s[4], high: s[6],
      x: function (v) { return s[0] + (v - s[4]) / (s[6] - s[4]) * (s[2] - s[0]); },
      y: function (v) { return s[3] - (v - s[5]) / (s[7] - s[5]) * (s[3] - s[1]); },
      value: function (x) { return s[4] + (x - s[0]) / (s[2] - s[0]) * (s[6] - s[4]); }
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

  var kinds = {
    // E along a weight: the point and its tangent follow the weight.
    slice: function (root, model, data) {
      var album = root.querySelector(".album"), all = leaves(album), b = bar(album);
      var choose = make("select", make("label", b, data.choose + " "));
      data.names.forEach(function (name, n) { make("option", choose, name).value = n; });
      var handle = make("input", b), said = make("output", b), now = 0;
      handle.type = "range"; handle.step = "any";
      said.setAttribute("aria-live", "polite");
      function svg() { return all[now].querySelector("svg"); }
      function set(value) {
        var s = svg(), box = scale(s), w = data.weights.slice(), at = data.places[now];
        value = Math.max(box.low, Math.min(box.high, value));
        w[at] = value;
        var found = model(w), slope = found.g[at], half = data.half * (box.high - box.low);
        handle.value = value;
        var dot = s.querySelector("[data-part=point]");
        dot.setAttribute("cx", box.x(value)); dot.setAttribute("cy", box.y(found.E));
        var low = Math.max(box.low, value - half), high = Math.min(box.high, value + half);
        var ends = [low, high].map(function (x) {
          var y = box.y(found.E + slope * (x - value));
          if (y < box.top || y > box.bottom) { // cut off at the edge of the box
            var edge = y < box.top ? box.top : box.bottom, mid = box.y(found.E);
            var part = (edge - mid) / (y - mid);
            return (box.x(value) + part * (box.x(x) - box.x(value))) + "," + edge;
          }
          return box.x(x) + "," + y;
        });
        var line = s.querySelector("[data-part=tangent]");
        (line.tagName === "g" ? line.firstChild : line).setAttribute("points", ends.join(" "));
        said.textContent = data.names[now] + " = " + figures(value) + ",  " + data.error + " = " +
          figures(found.E) + ",  " + data.slopes[now] + " = " + figures(slope);
      }
      function turn(n) {
        now = n;
        show(album, now);
        var box = scale(svg());
        handle.min = box.low; handle.max = box.high;
        handle.setAttribute("aria-label", data.move[now]);
        set(data.weights[data.places[now]]);
      }
      choose.addEventListener("change", function () { turn(+choose.value); });
      handle.addEventListener("input", function () { set(+handle.value); });
      all.forEach(function (leaf) {
        var s = leaf.querySelector("svg");
        dragged(s, function (p) { set(scale(s).value(p.x)); });
      });
      turn(0);
    },
    // The way down of each pattern and of all: the arrows follow the point.
    pulls: function (root, model, data) {
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
    }
  };
  (window.backpropLive || []).forEach(function (one) {
    if (kinds[one[0]]) kinds[one[0]](one[1], one[2], one[3]);
  });
  window.backpropLive = [];
})();
