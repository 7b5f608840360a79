// Transfer functions: one is chosen, and a point moves on it and on its slope.
kinds.transfer = function (root, models, data) {
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
};
