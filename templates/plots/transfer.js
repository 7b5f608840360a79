// Transfer functions: one is chosen, and a point moves on it and on its slope.
kinds.transfer = function (root, models, data) {
  var album = root.querySelector(".album"), all = leaves(album), b = bar(album), now = 0;
  chooser(make("label", b, data.choose + " "), data.names, turn);
  var handle = slider(b, data.move, set), said = spoken(b);
  function box(n) { return scale(all[now].querySelector("svg"), n); }
  function set(net) {
    var v = models[now]([net]).v[0], values = data.places[now].map(function (p) { return v[p]; });
    handle.value = net;
    all[now].querySelectorAll("[data-part=point]").forEach(function (dot, n) {
      at(dot, box(n).x(net), box(n).y(values[n]));
    });
    said.textContent = equations([["net", net], [data.output, values[0]], [data.slope, values[1]]]);
  }
  function turn(n) {
    now = n;
    show(album, now);
    handle.min = box().low; handle.max = box().high;
    set(+handle.value);
  }
  all.forEach(function (leaf) {
    dragged(leaf.querySelector("svg"), function (p) { set(keep(box().value(p.x), box().low, box().high)); });
  });
  handle.value = 0;
  turn(0);
};
