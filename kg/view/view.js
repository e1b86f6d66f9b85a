"use strict";
// The page's behaviour. Whatever comes from papers reaches the document only as text nodes and attribute values that
// the browser does not interpret; there is no innerHTML here, and the policy of the page would not let one do harm.
(() => {
  const $ = (selector) => document.querySelector(selector);
  const data = JSON.parse($("#data").textContent);
  const stage = $("#graph"), panel = $("#panel"), search = $("#search"), list = $("#suggestions");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const drawn = new Map(data.nodes.map((node) => [node.id, node]));
  const touching = new Map(data.nodes.map((node) => [node.id, []]));
  for (const edge of data.edges) for (const end of [edge.from, edge.to]) touching.get(end).push(edge);
  const titleOf = (id) => (data.entities[id]?.label ?? data.papers[id]?.title ?? id);
  const kindOf = (id) => drawn.get(id).kind;
  const words = (relation) => relation.replaceAll("_", " ");
  const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  let chosen = null, cursor = null, colors = {}, opened = false;
  const unwanted = new Set();
  $("#legend").open = innerWidth > 760; // before the picture takes what room is left

  function el(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "onclick") element.addEventListener("click", value);
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null));
    return element;
  }
  const say = (text) => { $("#status").textContent = text; };
  const dot = (color) => { const mark = el("span", { class: "dot" }); mark.style.background = `var(--${color})`; return mark; };

  // The picture

  function tip(id) {
    const entity = data.entities[id];
    const about = entity ? `${entity.type}, named by ${plural(entity.papers, "paper")}` : `paper${data.papers[id].date ? ", " + data.papers[id].date : ""}`;
    return el("div", { class: "tip" }, titleOf(id), el("small", {}, about));
  }
  const nodes = new vis.DataSet(data.nodes.map((node) => ({ ...node, title: tip(node.id) })));
  const edges = new vis.DataSet(data.edges.map((edge) => ({ ...edge, dashes: edge.relation === "broader" })));
  const network = new vis.Network(stage, { nodes, edges }, data.options);
  stage.querySelector(".vis-network").tabIndex = -1; // the stage itself is the one stop of the Tab key

  const shown = (id) => !unwanted.has(kindOf(id)) && (kindOf(id) !== "paper" || touching.get(id).some((edge) => !unwanted.has(kindOf(edge.to))));
  const across = (id) => touching.get(id).map((edge) => (edge.from === id ? edge.to : edge.from));

  function family(id, found = new Set()) {
    if (!found.has(id)) {
      found.add(id);
      for (const edge of touching.get(id)) if (edge.relation === "broader" && edge.to === id) family(edge.from, found);
    }
    return found;
  }

  // What the chosen node stands out with: its neighbours and, for an entity, what else its family's papers name.
  function company(id) {
    if (id === null) return null;
    const near = new Set(across(id));
    for (const member of family(id)) {
      near.add(member);
      for (const other of across(member)) if (kindOf(other) === "paper") [other, ...across(other)].forEach((each) => near.add(each));
    }
    return near;
  }

  const painted = new Map(); // what each node and edge looks like now, to touch only those that change
  let paintedScale = 1, repainting = 0;
  function changed(look) {
    const text = JSON.stringify(look);
    if (painted.get(look.id) === text) return false;
    painted.set(look.id, text);
    return true;
  }

  function paintNodes(scale = network.getScale()) {
    const near = company(chosen), direct = new Set(chosen === null ? [] : [chosen, ...across(chosen)]);
    paintedScale = scale;
    nodes.update(data.nodes.map((node) => {
      const far = near !== null && !near.has(node.id), own = node.font?.size ?? 12;
      const size = direct.has(node.id) ? Math.max(own, Math.round(13 / scale)) : own; // legible at any zoom
      const legible = node.kind !== "paper" && !far && size * scale >= 8;
      const color = { background: colors[node.kind], border: node.id === chosen ? colors.text : colors.outline };
      return {
        id: node.id, hidden: !shown(node.id), opacity: far ? 0.13 : 1, label: legible ? node.label : " ",
        borderWidth: node.id === chosen ? 3 : node.kind === "paper" ? 0 : 1,
        color: { ...color, highlight: color, hover: { ...color, border: colors.text } },
        font: { size, color: colors.text, strokeColor: colors.ground, strokeWidth: 4, face: "system-ui, sans-serif", vadjust: -2 },
      };
    }).filter(changed));
  }

  function paintEdges() {
    const near = company(chosen);
    edges.update(data.edges.map((edge) => {
      const lit = edge.from === chosen || edge.to === chosen;
      const inside = near !== null && near.has(edge.from) && near.has(edge.to);
      const color = lit ? colors[edge.relation] : colors.edge;
      const opacity = lit ? 0.9 : near === null ? (edge.relation === "broader" ? 0.55 : 0.22) : inside ? 0.3 : 0.03;
      return { id: edge.id, width: lit ? 2 : 0.8, color: { color, highlight: color, hover: color, opacity } };
    }).filter(changed));
  }

  function paint(scale) {
    paintNodes(scale);
    paintEdges();
  }

  // A ground of its own for each community, in tints too faint to be taken for a type.
  network.on("beforeDrawing", (context) => {
    const near = company(chosen);
    data.nodes.forEach((node) => {
      if (node.community === undefined || node.community > 11 || !shown(node.id) || (near && !near.has(node.id))) return;
      context.beginPath();
      context.arc(node.x, node.y + 10, node.size + 42, 0, 2 * Math.PI);
      context.fillStyle = colors.tints[node.community % 6];
      context.fill();
    });
  });

  network.on("afterDrawing", (context) => {
    if (!repainting && Math.abs(network.getScale() / paintedScale - 1) > 0.02) {
      repainting = requestAnimationFrame(() => { repainting = 0; paintNodes(); });
    }
    if (cursor === null || document.activeElement !== stage || !shown(cursor)) return;
    const { x, y } = network.getPosition(cursor), scale = network.getScale();
    context.beginPath();
    context.arc(x, y, drawn.get(cursor).size + 6 / scale, 0, 2 * Math.PI);
    context.lineWidth = 3 / scale;
    context.strokeStyle = colors.focus;
    context.stroke();
  });

  const moving = () => (calm.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  const fit = () => network.fit({ nodes: data.nodes.map((node) => node.id).filter(shown), animation: moving() });
  const closeUp = () => Math.max(network.getScale(), 0.9);
  function home() { // all of it where that stays legible, the most named entity where the screen is small
    network.fit();
    if (stage.clientWidth < 700 && data.nodes.length) network.moveTo({ position: network.getPosition(data.nodes[0].id), scale: Math.max(network.getScale(), 0.42) });
  }

  // After the panel opened or closed: the same scale as before, and the chosen node in sight.
  function turnTo(id, move) {
    if ($("#stage").hidden) return paint();
    const scale = move ? closeUp() : network.getScale(), position = network.getViewPosition();
    const tooltip = stage.querySelector(".vis-tooltip");
    if (tooltip) tooltip.style.visibility = "hidden";
    network.setSize("100%", "100%");
    network.moveTo({ position, scale: move ? network.getScale() : scale });
    paint(scale);
    if (id !== null && (move || !inSight(id))) network.focus(id, { scale, animation: moving() });
  }

  function inSight(id) {
    const { x, y } = network.canvasToDOM(network.getPosition(id));
    return x > 40 && y > 40 && x < stage.clientWidth - 40 && y < stage.clientHeight - 40;
  }

  // Choosing a node: from the picture, the search, the table, the panel, the address

  function choose(id, { move = false, enter = false } = {}) {
    if (id !== null && !drawn.has(id)) return say("That node is not part of this view.");
    chosen = id;
    if (id !== null) {
      cursor = id;
      allow(kindOf(id));
      if (kindOf(id) === "paper" && !shown(id)) allow(kindOf(touching.get(id)[0].to));
    }
    const address = id === null ? "" : `#node=${encodeURIComponent(id).replaceAll("%2F", "/")}`;
    if (location.hash !== address) history[opened ? "pushState" : "replaceState"](null, "", address || location.pathname + location.search);
    id === null ? network.unselectAll() : network.selectNodes([id], false);
    showPanel();
    turnTo(id, move);
    if (enter) panel.querySelector("h2").focus();
    if (id !== null) say(`${titleOf(id)}, ${kindOf(id)}, opened`);
  }

  function fromAddress() {
    if (!location.hash.startsWith("#node=")) return null;
    try {
      return decodeURIComponent(location.hash.slice(6));
    } catch {
      return location.hash.slice(6);
    }
  }

  // The panel

  const goTo = (id, text = titleOf(id)) => drawn.has(id) ? el("button", { type: "button", class: "link", onclick: () => choose(id, { move: true, enter: true }) }, text) : el("span", {}, text);
  const quote = (piece) => piece && el("blockquote", {}, piece.before, el("mark", {}, piece.mention), piece.after);
  const between = (parts) => parts.flatMap((part, index) => (index ? [" · ", part] : [part]));

  function linksByRelation(id, isEntity) {
    return data.relations.flatMap((relation) => {
      const found = touching.get(id).filter((edge) => edge.relation === relation);
      if (!found.length) return [];
      const rank = (edge) => (isEntity ? data.papers[edge.from].date ?? "" : String(data.confidence[edge.id]));
      found.sort((a, b) => rank(b).localeCompare(rank(a)) || a.id - b.id); // newest papers, surest links first
      const items = found.map((edge) => {
        const other = isEntity ? edge.from : edge.to;
        const about = isEntity ? data.papers[other].date : data.entities[other].type;
        const sure = `${Math.round(100 * data.confidence[edge.id])}% sure`;
        return el("li", {}, goTo(other), el("span", { class: "quiet" }, ` ${about ? about + ", " : ""}${sure}`), quote(data.evidence[edge.id]));
      });
      return [el("h3", {}, dot(relation), `${words(relation)} (${found.length})`), el("ul", {}, ...items)];
    });
  }

  function showPanel() {
    panel.replaceChildren();
    panel.hidden = chosen === null;
    if (chosen === null) return;
    const entity = data.entities[chosen], paper = data.papers[chosen];
    const results = data.results.filter((result) => (entity ? result.entities.includes(chosen) : result.paper === chosen));
    panel.append(
      el("button", { type: "button", class: "close", "aria-label": "Close the details", onclick: close }, "✕"),
      el("h2", { tabindex: "-1" }, titleOf(chosen)),
    );
    if (entity) {
      const here = touching.get(chosen).filter((edge) => edge.relation !== "broader").length;
      const below = touching.get(chosen).filter((edge) => edge.relation === "broader" && edge.to === chosen).map((edge) => edge.from);
      panel.append(el("p", { class: "quiet" }, dot(entity.type), ` ${entity.type} · named by ${plural(entity.papers, "paper")}${here < entity.papers ? `, ${here} of them in this view` : ""}`));
      if (entity.aliases.length) panel.append(el("p", {}, el("span", { class: "quiet" }, "Also called "), entity.aliases.join(" · ")));
      if (entity.broader.length) panel.append(el("p", {}, el("span", { class: "quiet" }, "Part of "), ...between(entity.broader.map(([id, label]) => goTo(id, label)))));
      if (below.length) panel.append(el("p", {}, el("span", { class: "quiet" }, "Includes "), ...between(below.map((id) => goTo(id)))));
    } else {
      panel.append(el("p", { class: "quiet" }, `paper${paper.date ? " · " + paper.date : ""}`));
      if (paper.href) panel.append(el("p", {}, el("a", { href: paper.href, rel: "noreferrer" }, paper.href)));
    }
    panel.append(...linksByRelation(chosen, Boolean(entity)));
    if (results.length) {
      const items = results.map((result) => el("li", {}, el("strong", {}, result.text), " ", entity ? goTo(result.paper) : null, quote(result.evidence)));
      panel.append(el("h3", {}, `results (${results.length})`), el("ul", {}, ...items));
    }
    panel.scrollTop = 0;
  }

  function close() {
    choose(null);
    ($("#table").hidden ? stage : $("#table")).focus();
  }

  // The search

  const names = [
    ...Object.entries(data.entities).map(([id, entity]) => ({ id, names: [entity.label, ...entity.aliases], weight: entity.papers })),
    ...Object.keys(data.papers).map((id) => ({ id, names: [titleOf(id)], weight: 0 })),
  ].map((entry) => ({ ...entry, folded: entry.names.map((name) => name.toLowerCase()) }));

  function suggestions(text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    const ranked = [];
    for (const entry of names) {
      const ranks = entry.folded.map((name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 9));
      const rank = Math.min(...ranks);
      if (rank < 9) ranked.push({ ...entry, rank, matched: entry.names[ranks.indexOf(rank)] });
    }
    return ranked.sort((a, b) => a.rank - b.rank || b.weight - a.weight).slice(0, 12);
  }

  function suggest() {
    const found = suggestions(search.value);
    list.replaceChildren(...found.map(({ id, matched }, index) => {
      const alias = matched === titleOf(id) ? "" : `${matched}, `;
      const item = el("li", { role: "option", id: `option-${index}`, "aria-selected": String(index === 0), "data-node": id }, titleOf(id), el("small", {}, alias + kindOf(id)));
      item.addEventListener("pointerdown", (event) => { event.preventDefault(); pick(item); });
      return item;
    }));
    open(found.length > 0);
    say(search.value.trim() ? `${plural(found.length, "suggestion")}` : "");
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    search.setAttribute("aria-expanded", String(isOpen));
    const active = isOpen && list.querySelector("[aria-selected=true]");
    active ? search.setAttribute("aria-activedescendant", active.id) : search.removeAttribute("aria-activedescendant");
  }

  function pick(item) {
    search.value = titleOf(item.dataset.node);
    open(false);
    choose(item.dataset.node, { move: true });
  }

  search.addEventListener("input", suggest);
  search.addEventListener("blur", () => open(false));
  search.addEventListener("keydown", (event) => {
    const items = [...list.children], at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") open(false);
    else if (event.key === "Enter" && items.length && !list.hidden) pick(items[at]);
    else if (["ArrowDown", "ArrowUp"].includes(event.key) && items.length) {
      const next = list.hidden ? at : (at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length;
      items.forEach((item, index) => item.setAttribute("aria-selected", String(index === next)));
      items[next].scrollIntoView({ block: "nearest" });
      open(true);
    } else return;
    event.preventDefault();
  });

  // The keyboard in the picture

  function nearest(dx, dy) {
    const from = network.getPosition(cursor);
    let best = null, least = Infinity;
    for (const [id, { x, y }] of Object.entries(network.getPositions())) {
      const along = (x - from.x) * dx + (y - from.y) * dy, aside = Math.abs((x - from.x) * dy) + Math.abs((y - from.y) * dx);
      if (id !== cursor && shown(id) && along > 0 && aside <= 2 * along && along + 2 * aside < least) [best, least] = [id, along + 2 * aside];
    }
    return best;
  }

  function step(dx, dy) {
    const visible = data.nodes.filter((node) => shown(node.id));
    if (!visible.length) return;
    cursor = cursor !== null && shown(cursor) ? nearest(dx, dy) ?? cursor : visible[0].id;
    if (!inSight(cursor)) network.moveTo({ position: network.getPosition(cursor), animation: moving() });
    network.redraw();
    say(`${titleOf(cursor)}, ${kindOf(cursor)}, ${plural(touching.get(cursor).length, "link")}`);
  }

  const keys = {
    ArrowLeft: () => step(-1, 0), ArrowRight: () => step(1, 0), ArrowUp: () => step(0, -1), ArrowDown: () => step(0, 1),
    Enter: () => cursor !== null && choose(cursor, { enter: true }), 0: fit,
    "+": () => network.moveTo({ scale: network.getScale() * 1.3 }), "-": () => network.moveTo({ scale: network.getScale() / 1.3 }),
  };
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in keys)) return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const event of ["focus", "blur"]) stage.addEventListener(event, () => network.redraw());
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && event.target !== search && chosen !== null) close(); });

  // Filters, table, theme

  const boxes = [...document.querySelectorAll("#legend input")];
  function filter() {
    unwanted.clear();
    for (const box of boxes) if (!box.checked) unwanted.add(box.value);
    for (const row of document.querySelectorAll("#table tr[data-kind]")) row.hidden = unwanted.has(row.dataset.kind);
    paint();
  }
  function allow(kind) {
    const box = boxes.find((each) => each.value === kind);
    if (!box.checked) { box.checked = true; filter(); }
  }
  for (const box of boxes) box.addEventListener("change", filter);

  $("#as-table").addEventListener("click", () => {
    const asTable = $("#table").hidden;
    $("#table").hidden = !asTable;
    $("#stage").hidden = asTable;
    $("#as-table").setAttribute("aria-pressed", String(asTable));
    if (!asTable) requestAnimationFrame(() => (chosen === null ? home() : network.focus(chosen, { scale: closeUp() })));
  });
  for (const button of document.querySelectorAll("#table [data-node]")) button.addEventListener("click", () => choose(button.dataset.node, { move: true, enter: true }));
  $("#fit").addEventListener("click", fit);

  function setTheme(dark) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    $("#theme").setAttribute("aria-pressed", String(dark));
    const style = getComputedStyle(document.documentElement);
    for (const name of ["text", "ground", "outline", "focus", "edge", "paper", "method", "model", "dataset", "benchmark", "metric", "task", "broader", ...data.relations]) colors[name] = style.getPropertyValue(`--${name}`).trim();
    colors.tints = [210, 35, 140, 300, 60, 180].map((hue) => `hsl(${hue} ${dark ? 24 : 45}% ${dark ? 12 : 95}%)`);
    paint();
  }
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  let overridden = false;
  $("#theme").addEventListener("click", () => { overridden = true; setTheme(document.documentElement.dataset.theme !== "dark"); });
  prefersDark.addEventListener("change", () => overridden || setTheme(prefersDark.matches));

  network.on("click", ({ nodes: hit }) => (hit.length ? choose(hit[0]) : chosen !== null && choose(null)));
  network.on("hoverNode", () => { stage.style.cursor = "pointer"; });
  network.on("blurNode", () => { stage.style.cursor = ""; });
  addEventListener("hashchange", () => { const id = fromAddress(); if (id !== chosen) choose(id, { move: id !== null }); });

  for (const mark of document.querySelectorAll("[data-color]")) mark.style.background = `var(--${mark.dataset.color})`;
  setTheme(prefersDark.matches);
  const linked = fromAddress(), start = linked ?? data.focus[0] ?? null;
  home();
  if (start !== null) choose(start, { move: linked !== null });
  if (linked === null) home(); // the panel may have taken some of the room
  opened = true;
  window.kgView = { network, choose, fit }; // for the console, and for tests
})();
