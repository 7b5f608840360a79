// E along a weight: the point and its tangent follow the weight.
kinds.slice = function (root, model, data) {
  var album = root.querySelector(".album"), all = leaves(album), b = bar(album), now = 0;
  chooser(make("label", b, data.choose + " "), data.names, turn);
  var handle = slider(b, "", set), said = spoken(b);
  function svg() { return all[now].querySelector("svg"); }
  function set(value) {
    var s = svg(), box = scale(s), w = data.weights.slice(), place = data.places[now];
    value = keep(value, box.low, box.high);
    w[place] = value;
    var found = model(w), slope = found.g[place], half = data.half * (box.high - box.low);
    handle.value = value;
    if (!isFinite(found.E) || !isFinite(slope)) { // the point stays where it was
      said.textContent = data.names[now] + " = " + figures(value) + ",  " + data.error + ": " + data.none;
      return;
    }
    at(s.querySelector("[data-part=point]"), box.x(value), box.y(found.E));
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
    put(line.tagName === "g" ? line.firstChild : line, { points: ends.join(" ") });
    said.textContent = equations([[data.names[now], value], [data.error, found.E], [data.slopes[now], slope]]);
  }
  function turn(n) {
    now = n;
    show(album, now);
    var box = scale(svg());
    handle.min = box.low; handle.max = box.high;
    put(handle, { "aria-label": data.move[now] });
    set(data.weights[data.places[now]]);
  }
  all.forEach(function (leaf) {
    var s = leaf.querySelector("svg");
    dragged(s, function (p) { set(scale(s).value(p.x)); });
  });
  turn(0);
};
