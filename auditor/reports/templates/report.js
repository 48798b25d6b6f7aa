"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const data = read("findings-data");
  const words = read("words");
  const $ = (id) => document.getElementById(id);
  const PER_PAGE = matchMedia("(max-width: 44rem)").matches ? 25 : 100;
  const total = data.row.length;
  const number = new Intl.NumberFormat(words.lang);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? values[key] : all));
  const cell = (name, i) => data.lists[name][data[name][i]];

  const columns = ["row", "value", "verdict", "rule", "severity", "confidence", "detail", "country"];
  const order = { severity: ["remove", "review", "note"], confidence: ["high", "medium", "low"], verdict: ["removed", "review", "clean"] };
  // rank of every dictionary entry, so that sorting compares numbers only
  const ranks = {};
  for (const name of columns.slice(1)) {
    const list = data.lists[name];
    const place = (text) => (order[name] ? order[name].indexOf(text) : 0);
    const shown = (text) => (name === "rule" && words.rules[text]) || text || "\uffff";
    const sorted = [...list.keys()].sort((a, b) => place(list[a]) - place(list[b]) || (shown(list[a]) < shown(list[b]) ? -1 : 1));
    ranks[name] = new Uint32Array(list.length);
    sorted.forEach((entry, rank) => { ranks[name][entry] = rank; });
  }

  let haystacks = null;
  const haystack = (i) => {
    haystacks = haystacks || new Array(total);
    if (haystacks[i] === undefined) {
      const rule = cell("rule", i);
      haystacks[i] = [data.row[i], cell("value", i), rule, words.rules[rule], cell("detail", i), cell("country", i), cell("evidence", i)]
        .join("\n").toLocaleLowerCase(words.lang);
    }
    return haystacks[i];
  };

  const decided = new Map();
  let unsaved = 0;
  let shown = [];
  let page = 0;
  let sort = { name: "row", down: false };
  const held = { list: words.held };

  const filters = ["rule", "verdict", "severity"];
  const select = () => {
    const wanted = filters.map((name) => [name, $("filter-" + name).value]).filter(([, value]) => value)
      .map(([name, value]) => [data[name], data.lists[name].indexOf(value)]);
    const text = $("filter-text").value.trim().toLocaleLowerCase(words.lang);
    shown = [];
    for (let i = 0; i < total; i += 1) {
      if (wanted.every(([column, entry]) => column[i] === entry) && (!text || haystack(i).includes(text))) shown.push(i);
    }
    const key = sort.name === "row" ? (i) => data.row[i] : (i) => ranks[sort.name][data[sort.name][i]];
    const sign = sort.down ? -1 : 1;
    if (sort.name !== "row" || sort.down) shown.sort((a, b) => sign * (key(a) - key(b)) || a - b);
    page = 0;
    draw();
  };

  const icon = (name) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", "#i-" + name);
    svg.append(use);
    return svg;
  };
  const badge = (code, text, glyph) => {
    const span = document.createElement("span");
    span.className = "badge t-" + code;
    span.append(icon(glyph), " " + text);
    return span;
  };
  const GLYPH = { remove: "removed", review: "review", note: "note", clean: "clean", removed: "removed" };

  const draw = () => {
    const body = $("findings-body");
    const lines = document.createDocumentFragment();
    const heads = words.columns;
    for (const i of shown.slice(page * PER_PAGE, (page + 1) * PER_PAGE)) {
      const tr = document.createElement("tr");
      const add = (position, content) => {
        const td = document.createElement("td");
        const label = document.createElement("span");
        label.className = "label";
        label.textContent = heads[position];
        td.append(label, content);
        tr.append(td);
        return td;
      };
      const bdi = (text) => { const b = document.createElement("bdi"); b.textContent = text || ""; return b; };
      const rule = cell("rule", i);
      const link = document.createElement("a");
      link.href = "#rule-" + rule;
      link.textContent = words.rules[rule] || rule;
      const verdict = cell("verdict", i);
      const severity = cell("severity", i);
      add(0, String(data.row[i]));
      add(1, bdi(cell("value", i)));
      add(2, badge(verdict, words.verdict[verdict], GLYPH[verdict]));
      add(3, link);
      add(4, badge(severity, words.severity[severity], GLYPH[severity]));
      add(5, words.confidence[cell("confidence", i)]);
      add(6, bdi(cell("detail", i)));
      add(7, bdi(cell("country", i)));
      add(8, verdict === "review" ? chooser(data.row[i]) : "");
      lines.append(tr);
    }
    body.replaceChildren(lines);
    const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
    $("page").textContent = fill(words.page, { n: number.format(page + 1), all: number.format(pages) });
    $("previous").disabled = page === 0;
    $("next").disabled = page >= pages - 1;
    const rows = new Set(shown.map((i) => data.row[i])).size;
    $("shown").textContent = shown.length
      ? fill(words.shown, { n: number.format(shown.length), all: number.format(total), rows: number.format(rows) })
      : words.nothing;
  };

  const chooser = (row) => {
    const choice = document.createElement("select");
    choice.setAttribute("aria-label", fill(words.choose, { n: row }));
    choice.dataset.row = row;
    for (const [value, text] of [["", words.undecided], ["keep", words.keep], ["remove", words.remove]]) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = text;
      choice.append(option);
    }
    const known = decided.get(row);
    choice.value = known ? known.audit_decision : "";
    return choice;
  };

  const complete = () => {
    for (const [id, text] of [["decider", words.need_name], ["reason", words.need_reason]]) {
      if (!$(id).value.trim()) {
        $("decided").textContent = text;
        $(id).setAttribute("aria-invalid", "true");
        $(id).focus();
        return false;
      }
      $(id).removeAttribute("aria-invalid");
    }
    return true;
  };

  let rulesOfRow = null;
  const rulesOf = (row) => {
    if (!words.complete) return "*";
    if (!rulesOfRow) {
      rulesOfRow = new Map();
      for (let i = 0; i < total; i += 1) {
        if (cell("severity", i) === "note") continue;
        const own = rulesOfRow.get(data.row[i]) || new Set(held.list);
        rulesOfRow.set(data.row[i], own.add(cell("rule", i)));
      }
    }
    return [...(rulesOfRow.get(row) || held.list)].join(";");
  };

  const put = (rows, choice) => {
    for (const row of rows) {
      if (!choice) decided.delete(row);
      else decided.set(row, {
        audit_row: row, audit_rules: rulesOf(row), audit_decision: choice,
        audit_decided_by: $("decider").value.trim(), audit_note: $("reason").value.trim(),
        audit_decided_on: new Date().toISOString().slice(0, 10),
      });
    }
    unsaved = decided.size;
    tell();
    for (const box of document.querySelectorAll("#findings-body select")) {
      const known = decided.get(Number(box.dataset.row));
      box.value = known ? known.audit_decision : "";
    }
  };
  const count = (n, none, one, many) => (n === 0 ? none : n === 1 ? one : fill(many, { n: number.format(n) }));
  const tell = () => {
    $("decided").textContent = count(decided.size, words.decided_none, words.decided_one, words.decided);
    $("save").disabled = decided.size === 0;
  };

  $("findings-body").addEventListener("change", (event) => {
    const box = event.target.closest("select");
    if (!box) return;
    const row = Number(box.dataset.row);
    if (box.value && !complete()) {
      const known = decided.get(row);
      box.value = known ? known.audit_decision : "";
      return;
    }
    put([row], box.value);
  });
  const waiting = () => new Set(shown.filter((i) => cell("verdict", i) === "review").map((i) => data.row[i]));
  for (const choice of ["keep", "remove"]) {
    $(choice + "-shown").addEventListener("click", () => { if (complete()) put(waiting(), choice); });
  }
  $("undo-shown").addEventListener("click", () => put(waiting(), ""));

  $("save").addEventListener("click", () => {
    const document_ = {
      format: "prospect-auditor/decisions/v1", list_name: words.list_name, list_sha256: words.list_sha256,
      decisions: [...decided.values()].sort((a, b) => a.audit_row - b.audit_row),
    };
    const link = document.createElement("a");
    const file = words.stem + ".decisions.json";
    link.href = URL.createObjectURL(new Blob([JSON.stringify(document_, null, 1) + "\n"], { type: "application/json" }));
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    unsaved = 0;
    $("decided").textContent = count(decided.size, "", words.saved_one, words.saved) + " · "
      + fill(words.next_step, { list: words.list_name, file });
  });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });

  for (const name of filters) $("filter-" + name).addEventListener("change", select);
  let waitingText = 0;
  $("filter-text").addEventListener("input", () => { clearTimeout(waitingText); waitingText = setTimeout(select, 120); });
  $("reset").addEventListener("click", () => {
    for (const name of [...filters, "text"]) $("filter-" + name).value = "";
    select();
    $("filter-text").focus();
  });
  $("previous").addEventListener("click", () => { page -= 1; draw(); });
  $("next").addEventListener("click", () => { page += 1; draw(); });
  for (const button of document.querySelectorAll(".grid th button")) {
    button.addEventListener("click", () => {
      const name = button.dataset.sort;
      sort = { name, down: sort.name === name && !sort.down };
      for (const head of document.querySelectorAll(".grid th[aria-sort]")) head.setAttribute("aria-sort", "none");
      button.closest("th").setAttribute("aria-sort", sort.down ? "descending" : "ascending");
      select();
    });
  }
  for (const link of document.querySelectorAll("[data-filter]")) {
    link.addEventListener("click", () => {
      for (const name of [...filters, "text"]) $("filter-" + name).value = "";
      $("filter-rule").value = link.dataset.filter;
      select();
    });
  }
  // a link to a rule opens it, and whatever folds around it
  const unfold = () => {
    let place = location.hash.startsWith("#rule-") ? document.getElementById(location.hash.slice(1)) : null;
    const target = place;
    for (; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  document.documentElement.classList.add("scripted");
  tell();
  select();
  unfold();
})();
