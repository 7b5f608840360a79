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
  function scale(svg, n) { // n: which of several below each other
    var s = svg.dataset.scale.split(" ").map(Number).slice(8 * (n || 0));
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
    // Transfer functions: one is chosen, and a point moves on it and on its slope.
    transfer: function (root, models, data) {
      var album = root.querySelector(".album"), all = leaves(album), b = bar(album);
      var choose = make("select", make("label", b, data.choose + " "));
      data.names.forEach(function (name, n) { make("option", choose, name).value = n; });
      var handle = make("input", b), said = make("output", b), now = 0;
      handle.type = "range"; handle.step = "any";
      handle.setAttribute("aria-label", data.move);
      said.setAttribute("aria-live", "polite");
      function svg() { return all[now].querySelector("svg"); }
      function set(net) {
        var s = svg(), v = models[now]([net]).v[0], values = data.places[now].map(function (p) { return v[p]; });
        handle.value = net;
        s.querySelectorAll("[data-part=point]").forEach(function (dot, n) {
          var box = scale(s, n);
          dot.setAttribute("cx", box.x(net)); dot.setAttribute("cy", box.y(values[n]));
        });
        said.textContent = "net = " + figures(net) + ",  " + data.output + " = " + figures(values[0]) +
          ",  " + data.slope + " = " + figures(values[1]);
      }
      function turn(n) {
        now = n;
        show(album, now);
        var box = scale(svg());
        handle.min = box.low; handle.max = box.high;
        set(+handle.value);
      }
      choose.addEventListener("change", function () { turn(+choose.value); });
      handle.addEventListener("input", function () { set(+handle.value); });
      all.forEach(function (leaf) {
        var s = leaf.querySelector("svg");
        dragged(s, function (p) { var box = scale(s); set(Math.max(box.low, Math.min(box.high, box.value(p.x)))); });
      });
      handle.value = 0;
      turn(0);
    },
    // Gradient descent at any rate, drawn over the others.
    eta: function (root, model, data) {
      var svg = root.querySelector("svg"), box = scale(svg), b = bar(svg.closest("figure"));
      make("span", b, data.choose).setAttribute("aria-hidden", "true");
      var handle = make("input", b), said = make("output", b);
      handle.setAttribute("aria-label", data.choose);
      handle.type = "range"; handle.step = "any";
      handle.min = Math.log(data.low); handle.max = Math.log(data.high);
      said.setAttribute("aria-live", "polite");
      var space = "http://www.w3.org/2000/svg", line = document.createElementNS(space, "path");
      line.setAttribute("fill", "none");
      line.setAttribute("stroke", "var(--ink)"); line.setAttribute("stroke-width", "3.5");
      line.setAttribute("stroke-opacity", "0.55");
      svg.appendChild(line);
      var turns = data.batch ? 1 : model(data.weights).v.length;
      function total(w) { return model(w).E; }
      function gradient(w, step) { // of all patterns, or of the one whose turn it is
        var found = model(w), v = found.v[step % found.v.length];
        return data.batch ? found.g : data.slopes.map(function (at) { return v[at]; });
      }
      function descent(rate) {
        var w = data.weights.slice(), change = w.map(function () { return 0; }), all = [total(w)];
        for (var step = 0; step < data.steps; step++) {
          var g = gradient(w, step);
          change = change.map(function (c, n) { return data.momentum * c - rate * g[n] * data.moved[n]; });
          w = w.map(function (x, n) { return x + change[n]; });
          if ((step + 1) % turns === 0) all.push(total(w));
        }
        return all;
      }
      function edge(a, b) { // where the line from a to b leaves the box
        var part = (box.top - a[1]) / (b[1] - a[1]);
        return [a[0] + part * (b[0] - a[0]), box.top];
      }
      function path(errors) {
        var d = "", before = null;
        errors.forEach(function (e, n) {
          var p = isFinite(e) ? [box.x(n * turns), box.y(e)] : null;
          if (p && before) {
            var from = before[1] >= box.top ? before : null, to = p[1] >= box.top ? p : null;
            if (from || to) d += "M" + (from || edge(p, before)) + "L" + (to || edge(before, p));
          }
          before = p;
        });
        return d;
      }
      function set(rate) {
        var errors = descent(rate), last = errors[errors.length - 1];
        line.setAttribute("d", path(errors));
        said.textContent = data.eta + " = " + figures(+rate.toPrecision(3)) + ",  " + data.error + " " + data.after +
          ": " + (!isFinite(last) ? data.none : Math.abs(last) < data.tiny * Math.abs(errors[0]) ? "≈ 0" : figures(+last.toPrecision(4)));
      }
      handle.addEventListener("input", function () { set(+Math.exp(+handle.value).toPrecision(3)); });
      handle.value = Math.log(data.start);
      set(data.start);
    }
  };
  (window.backpropLive || []).forEach(function (one) {
    if (kinds[one[0]]) kinds[one[0]](one[1], one[2], one[3]);
  });
  window.backpropLive = [];
})();
