// The way down of each pattern and of all: the arrows follow the point.
kinds.pulls = function (root, model, data) {
  var svg = root.querySelector("svg"), box = scale(svg), b = bar(svg.closest("figure")), w = data.weights.slice();
  var low = [box.low, box.floor], high = [box.high, box.ceiling];
  var handles = data.places.map(function (place, n) {
    var handle = slider(make("label", b, data.names[n] + " "), data.move[n], function (v) { w[place] = v; set(); });
    handle.min = low[n]; handle.max = high[n]; handle.value = w[place];
    return handle;
  });
  var said = spoken(b);
  function part(name) { return svg.querySelector("[data-part=" + name + "]"); }
  function arrow(group, x, y, down) {
    if (!group) return null;
    var here = data.places.map(function (place) { return w[place]; });
    var dx = box.x(here[0] + data.scale * down[0]) - x, dy = box.y(here[1] + data.scale * down[1]) - y;
    // cut off at the edge of the box, without a head
    var left = [dx > 0 ? (box.right - x) / dx : dx < 0 ? (box.left - x) / dx : 1,
      dy > 0 ? (box.bottom - y) / dy : dy < 0 ? (box.top - y) / dy : 1];
    var part = Math.min(1, left[0], left[1]), long = Math.hypot(dx, dy), whole = long && part === 1;
    var end = [x + dx * part, y + dy * part], tip = group.querySelector("polygon");
    put(group.querySelector("polyline"), { points: points([[x, y], end]) });
    if (tip) put(tip, { points: whole ? head(end[0], end[1], dx, dy).points : "" });
    return whole ? [end[0] + data.beyond * dx / long, end[1] + data.beyond * dy / long] : null;
  }
  function set() {
    var found = model(w), x = box.x(w[data.places[0]]), y = box.y(w[data.places[1]]);
    at(part("point"), x, y);
    found.v.forEach(function (v, n) {
      var end = arrow(part("pull-" + n), x, y, data.slopes.map(function (slope) { return -v[slope]; }));
      var number = part("number-" + n);
      if (!number) return;
      number.style.display = end ? "" : "none";
      if (end) put(number, { x: end[0], y: end[1] + 4.4 });
    });
    var g = data.places.map(function (place) { return found.g[place]; });
    arrow(part("true"), x, y, g.map(function (d) { return -d; }));
    data.places.forEach(function (place, n) { handles[n].value = w[place]; });
    said.textContent = equations(data.places.map(function (place, n) { return [data.names[n], w[place]]; })
      .concat([[data.error, found.E]], g.map(function (d, n) { return [data.gradient[n], d]; })));
  }
  dragged(svg, function (p) {
    [box.value(p.x), box.height(p.y)].forEach(function (v, n) { w[data.places[n]] = keep(v, low[n], high[n]); });
    set();
  });
  svg.style.touchAction = "none";
};
