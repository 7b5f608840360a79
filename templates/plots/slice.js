// E along a weight: the point and its tangent follow the weight.
kinds.slice = function (root, model, data) {
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
    if (!isFinite(found.E) || !isFinite(slope)) { // the point stays where it was
      said.textContent = data.names[now] + " = " + figures(value) + ",  " + data.error + ": " + data.none;
      return;
    }
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
};
