// Gradient descent at any rate, drawn over the others.
kinds.eta = function (root, model, data) {
  var svg = root.querySelector("svg"), box = scale(svg), b = bar(svg.closest("figure"));
  make("span", b, data.choose).setAttribute("aria-hidden", "true");
  var handle = slider(b, data.choose, function (power) { set(+Math.exp(power).toPrecision(3)); }), said = spoken(b);
  handle.min = Math.log(data.low); handle.max = Math.log(data.high);
  var line = svg.appendChild(drawn("path", {
    fill: "none", stroke: "var(--ink)", "stroke-width": "3.5", "stroke-opacity": "0.55"
  }));
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
    put(line, { d: path(errors) });
    said.textContent = data.eta + " = " + figures(+rate.toPrecision(3)) + ",  " + data.error + " " + data.after +
      ": " + (!isFinite(last) ? data.none : Math.abs(last) < data.tiny * Math.abs(errors[0]) ? "≈ 0" : figures(+last.toPrecision(4)));
  }
  handle.value = Math.log(data.start);
  set(data.start);
};
