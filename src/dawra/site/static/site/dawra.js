/* Dawra in the browser, without dependencies. Every page works from links and forms first; this adds speed.
 *
 * What pages may use (all found by delegation, so that content fetched later needs no set-up):
 *   data-open="id"           opens a <dialog>            data-dialog="/address/"  fetches a fragment into the sheet
 *   data-edit data-url= …    edits a value in place      data-board, data-stage, data-move-url   cards that move
 *   data-grid, data-row, data-all, data-bulk, data-count   rows that are selected together
 *   data-filter              the field that "/" goes to  data-autosubmit   a field that sends its form when changed
 *   data-confirm="Words?"    asks before sending         data-copy="text"  puts a text on the clipboard
 *   data-menu="id"           a <details> filled from a <template> when it opens
 *   data-keep-scroll         an element with an id whose scroll place is remembered
 * Events on document: "dawra:saved" and "dawra:undone" after a change; preventDefault() keeps the page from refreshing #main.
 * Answers: HX-Trigger {"toast": {text, undo}}, HX-Redirect and HX-Refresh are obeyed for own requests as for htmx's;
 * each top-level element of an answer that has an id takes the place of the element of that id.
 */
(() => {
  "use strict";
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const words = (name) => $(".toasts")?.dataset[name] ?? "";
  const remember = (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* private window */ } };
  const recall = (key) => { try { return sessionStorage.getItem(key); } catch { return null; } };
  root.classList.add("scripted");

  /* ── Requests ─────────────────────────────────────────────────────────────────────────────────────────────────── */

  const csrf = () => $("meta[name=csrf]")?.content ?? "";
  /* A page open for long may hold an old token; the answer to it brings a new one. */
  const renewToken = (fresh) => {
    $("meta[name=csrf]").content = fresh;
    $$("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh; });
  };

  /* Sends a form's data as htmx would. Gives the response, or null when nobody answered; the caller keeps what was typed. */
  const send = async (url, { data = null, method = data ? "POST" : "GET", signal = undefined, again = false } = {}) => {
    const headers = { "HX-Request": "true", "HX-Current-URL": location.href };
    if (method !== "GET") headers["X-CSRFToken"] = csrf();
    let response;
    try {
      response = await fetch(url, { method, headers, body: data, credentials: "same-origin", signal });
    } catch (error) {
      if (error.name !== "AbortError") toast({ text: words("offline"), bad: true });
      return null;
    }
    const fresh = response.headers.get("X-Fresh-Token");
    if (fresh && method !== "GET" && !again) {
      renewToken(fresh);
      data?.set("csrfmiddlewaretoken", fresh);
      return send(url, { data, method, signal, again: true });
    }
    const body = await response.text();
    if (response.redirected && new URL(response.url).pathname.startsWith("/accounts/")) {
      if (method === "GET") location.assign(response.url);
      else toast({ text: words("signedOut"), bad: true, open: "/accounts/login/", elsewhere: true });
      return null;
    }
    const told = obey(response.headers);
    return { told, ok: response.ok, status: response.status, headers: response.headers, body, url: response.url };
  };

  /* Gives whether the page was told of more than a toast: then its own parts draw themselves anew. */
  const obey = (headers) => {
    const trigger = headers.get("HX-Trigger");
    const events = trigger?.startsWith("{") ? Object.entries(JSON.parse(trigger)) : [];
    for (const [name, detail] of events) document.body.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
    if (headers.get("HX-Redirect")) location.assign(headers.get("HX-Redirect"));
    if (headers.get("HX-Refresh") === "true") location.reload();
    return events.some(([name]) => name !== "toast");
  };

  const parsed = (html) => { const t = document.createElement("template"); t.innerHTML = html; return t.content; };
  const isPage = (html) => /^\s*(<!doctype|<html)/i.test(html);

  /* Top-level elements of an answer take the places of those with the same id. Gives how many did. */
  const place = (html) => {
    let placed = 0;
    for (const fresh of [...parsed(html).children]) {
      const old = fresh.id && document.getElementById(fresh.id);
      if (old) { old.replaceWith(fresh); window.htmx?.process(fresh); placed += 1; }
    }
    return placed;
  };

  const isTyped = (field) => {
    if (["hidden", "checkbox", "radio", "search", "submit", "button"].includes(field.type)) return false;
    if (field.tagName === "SELECT") return [...field.options].some((option) => option.defaultSelected && !option.selected);
    return field.value !== field.defaultValue;
  };
  const typed = (within) => $$("input,textarea,select", within).filter(isTyped);

  /* What is half written when a part of the page is drawn anew, to be put back by id; null if something has no id. */
  const keepTyped = (within) => {
    const fields = typed(within), focused = document.activeElement;
    if (fields.some((field) => !field.id)) return null;
    const kept = fields.map((field) => [field.id, field.value]);
    const at = focused?.id && within.contains(focused) && { id: focused.id, from: focused.selectionStart, to: focused.selectionEnd };
    return () => {
      for (const [id, value] of kept) { const field = document.getElementById(id); if (field && !isTyped(field)) field.value = value; }
      const field = at && document.getElementById(at.id);
      if (!field || field === document.activeElement) return;
      field.focus({ preventScroll: true });
      if (typeof at.from === "number") field.setSelectionRange?.(at.from, at.to);
    };
  };

  /* Draws #main anew without leaving the page; what is half written stays. */
  const refresh = async () => {
    const main = $("#main");
    if (!main) return;
    let html = "";
    try { html = await (await fetch(location.href, { credentials: "same-origin" })).text(); } catch { return; }
    const fresh = isPage(html) && $("#main", new DOMParser().parseFromString(html, "text/html"));
    if (!fresh) { location.reload(); return; }
    const places = $$("[data-keep-scroll]").map((e) => [e.id, e.scrollLeft, e.scrollTop]);
    const putBack = keepTyped(main);
    if (!putBack) return;
    const focused = main.contains(document.activeElement) ? document.activeElement : null;
    const again = focused && (focused.id ? `#${CSS.escape(focused.id)}` : focused.dataset.field && `[data-edit][data-field="${CSS.escape(focused.dataset.field)}"]`);
    main.innerHTML = fresh.innerHTML;
    if (again) $(again, main)?.focus({ preventScroll: true });
    window.htmx?.process(main);
    for (const [id, x, y] of places) { const e = document.getElementById(id); if (e) { e.scrollLeft = x; e.scrollTop = y; } }
    putBack();
    selected();
  };
  const changed = (name, answer) => { if (document.dispatchEvent(new CustomEvent(name, { cancelable: true })) && !answer.told) refresh(); };
  const placed = (answer) => Boolean(answer.body) && !isPage(answer.body) && place(answer.body) > 0;

  /* ── Toasts: a change is applied at once and can be taken back ────────────────────────────────────────────────── */

  let lastUndo = null;
  const linkTo = (address, elsewhere) => {
    const link = document.createElement("a");
    link.href = address;
    link.textContent = words(elsewhere ? "signIn" : "opens");
    if (elsewhere) link.target = "_blank";
    return link;
  };
  const toast = ({ text, undo = "", bad = false, open = "", elsewhere = false }) => {
    const region = $(".toasts");
    if (!region || !text) return;
    if (bad && openDialog()) { const line = document.createElement("p"); line.textContent = text; const box = document.createElement("div"); box.className = "callout bad"; box.append(line); if (open) line.append(" ", linkTo(open, elsewhere)); answers().replaceChildren(box); return; }
    const box = document.createElement("div");
    box.className = bad ? "toast bad" : "toast";
    const said = document.createElement("span");
    said.textContent = text;
    box.append(said);
    if (open) box.append(linkTo(open, elsewhere));
    if (undo) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words("undo");
      button.addEventListener("click", () => takeBack(undo, box));
      box.append(button);
      lastUndo = () => takeBack(undo, box);
    }
    region.replaceChildren(box);
    fade(box, bad ? 12000 : 8000);
  };
  /* Stays while it is pointed at or focused. */
  const fade = (box, after) => setTimeout(() => (box.matches(":hover,:focus-within") ? fade(box, 2000) : box.remove()), after);
  const takeBack = async (key, box) => {
    lastUndo = null;
    const answer = await send(`/undo/${key}/`, { data: new FormData() });
    if (!answer) { lastUndo = () => takeBack(key, box); return; }
    box?.remove();
    if (!answer.ok) { complain(answer); return; }
    if (!answer.headers.get("HX-Trigger")) toast({ text: words("undone") });
    changed("dawra:undone", answer);
  };
  document.addEventListener("toast", (e) => toast({ text: e.detail?.text ?? String(e.detail?.value ?? ""), undo: e.detail?.undo, open: e.detail?.open }));
  for (const box of $$(".toasts .toast")) {
    const form = $("[data-undo-form]", box);
    if (form) lastUndo = () => takeBack(form.getAttribute("action").split("/")[2], box);
    fade(box, 8000);
  }

  /* ── Answers: what went wrong, over the page, beside what was typed ───────────────────────────────────────────── */

  /* All but an open dialog is out of reach, so that an answer to it stands inside. */
  const openDialog = () => $$("dialog[open]").at(-1);
  const answers = () => {
    const dialog = openDialog();
    if (!dialog) return $("#answers");
    let region = $(".answers-in", dialog);
    if (!region) {
      region = document.createElement("div");
      region.className = "answers-in";
      region.setAttribute("role", "alert");
      dialog.insertBefore(region, $(".b", dialog));
    }
    return region;
  };
  let sendMine = null;
  const complain = (answer, again = null) => {
    const region = answers();
    sendMine = again;
    if (region && answer.body && !isPage(answer.body)) { region.innerHTML = answer.body; return; }
    const fault = isPage(answer.body) && $(".fault", new DOMParser().parseFromString(answer.body, "text/html"));
    toast({ text: (fault && $("h1", fault)?.textContent) || words("failed"), bad: true });
  };
  const settle = () => { $$("#answers,.answers-in").forEach((region) => region.replaceChildren()); sendMine = null; };

  /* ── Look: kept for the member, or in a cookie for a visitor ──────────────────────────────────────────────────── */

  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const keepLook = (name, value) => {
    if (name === "theme") document.cookie = `dawra_theme=${value};path=/;max-age=31536000;samesite=lax`;
    try { localStorage.setItem(`dawra.${name}`, value); } catch { /* private window */ }
    if (!root.dataset.look) return;
    const data = new FormData();
    data.set(name, value);
    send(root.dataset.look, { data });
  };
  const setTheme = (value) => { root.dataset.theme = value; keepLook("theme", value); dispatchEvent(new Event("dawra:theme")); };
  const setDensity = () => {
    const value = root.dataset.density === "compact" ? "" : "compact";
    root.dataset.density = value;
    keepLook("density", value);
  };

  /* ── Palette: a combobox over commands of the page and results of the server ──────────────────────────────────── */

  const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/ؤ/g, "و").replace(/ئ/g, "ي")
    .replace(/[٠-٩]/g, (d) => "٠١٢٣٤٥٦٧٨٩".indexOf(d));
  const options = () => $$("#pal-list [role=option]").filter((option) => !option.hidden && !option.closest("[hidden]"));
  const choose = (option) => {
    $$("#pal-list [aria-selected=true]").forEach((other) => other.setAttribute("aria-selected", "false"));
    const input = $("#palette input");
    if (!option) { input.removeAttribute("aria-activedescendant"); return; }
    option.id ||= `pal-${Math.random().toString(36).slice(2)}`;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };
  const narrow = (query, onlyCreate = false) => {
    const wanted = fold(query.trim());
    $$("#pal-list [data-local]").forEach((group, at) => {
      $$("[role=option]", group).forEach((option) => { option.hidden = !fold($(".clip", option).textContent).includes(wanted); });
      group.hidden = !$("[role=option]:not([hidden])", group) || (onlyCreate && at === 0 && $$("#pal-list [data-local]").length > 1);
    });
    $("#pal-none").hidden = Boolean(options().length);
    choose(options()[0]);
  };
  let asking = null, waiting = 0;
  const ask = (query) => {
    clearTimeout(waiting);
    asking?.abort();
    const url = $("#palette").dataset.search;
    if (!url || !query.trim()) { $("#pal-found").replaceChildren(); return; }
    waiting = setTimeout(async () => {
      asking = new AbortController();
      const answer = await send(`${url}?q=${encodeURIComponent(query)}`, { signal: asking.signal });
      if (!answer?.ok || isPage(answer.body) || $("#palette input").value !== query) return;
      $("#pal-found").innerHTML = answer.body;
      narrow(query);
    }, 120);
  };
  const openPalette = (onlyCreate = false) => {
    const palette = $("#palette");
    if (!palette || palette.open) return;
    const input = $("input", palette);
    input.value = "";
    $("#pal-found").replaceChildren();
    palette.showModal();
    narrow("", onlyCreate);
    input.focus();
  };
  $("#palette input")?.addEventListener("input", (e) => { narrow(e.target.value); ask(e.target.value); });
  $("#palette")?.addEventListener("keydown", (e) => {
    const list = options(), at = list.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step && list.length) { e.preventDefault(); choose(list[(at + step + list.length) % list.length]); }
    if (e.key === "Enter" && !e.isComposing && list[at]) { e.preventDefault(); list[at].click(); }
  });

  /* ── Sheet: a fetched fragment in a dialog, whose forms stay until they are accepted ──────────────────────────── */

  const sheet = () => $("#sheet");
  let sheetOpener = null;
  /* A form may stand on the page and in the sheet at once: ids that clash are renamed in the sheet. */
  const unclash = (box) => {
    for (const element of $$("[id]", box)) {
      const id = element.id;
      if ($$(`[id="${CSS.escape(id)}"]`).every((other) => box.contains(other))) continue;
      element.id = `sheet-${id}`;
      for (const name of ["for", "aria-describedby", "aria-labelledby", "aria-controls", "list"]) {
        for (const pointing of $$(`[${name}~="${CSS.escape(id)}"]`, box)) {
          pointing.setAttribute(name, pointing.getAttribute(name).split(" ").map((part) => (part === id ? `sheet-${id}` : part)).join(" "));
        }
      }
    }
  };
  /* What only helps stands folded on a phone, so that the form comes first. */
  const foldOnPhone = (box) => { if (matchMedia("(max-width:860px)").matches) for (const piece of $$("details[data-narrow-closed]", box)) piece.open = false; };
  foldOnPhone(document);
  const fill = (html) => {
    const box = sheet();
    if (!box.open) asked = null;
    box.innerHTML = html;
    unclash(box);
    foldOnPhone(box);
    window.htmx?.process(box);
    if (!box.open) box.showModal();
    ($("[aria-invalid=true]", box) ?? $("[autofocus]", box) ?? $(".b input:not([type=hidden]),.b select,.b textarea", box))?.focus();
  };
  const openSheet = async (url) => {
    const box = sheet();
    if (!box) { location.assign(url); return; }
    sheetOpener = document.activeElement;
    if (box.dataset.url === url && box.childElementCount && typed(box).length) { box.showModal(); return; }
    const answer = await send(url);
    if (!answer) return;
    if (!answer.ok) { complain(answer); return; }
    if (isPage(answer.body)) { location.assign(url); return; }
    box.dataset.url = url;
    fill(answer.body);
  };
  const sendSheet = async (form, submitter) => {
    const data = new FormData(form, submitter);
    const button = submitter ?? $("[type=submit]", form);
    button?.classList.add("busy");
    const url = submitter?.getAttribute("formaction") || form.getAttribute("action") || sheet().dataset.url;
    const answer = await send(url, { data });
    button?.classList.remove("busy");
    if (!answer) return;
    if (answer.status === 422 && !answer.headers.get("HX-Retarget")) { fill(answer.body); return; }
    if (!answer.ok) { complain(answer, (version) => { const field = form.elements.namedItem("version"); if (field) field.value = version; sendSheet(form, submitter); }); return; }
    settle();
    sheet().close();
    sheet().replaceChildren();
    sheetOpener?.focus?.();
    if (answer.headers.get("HX-Redirect")) return;
    if (!placed(answer)) changed("dawra:saved", answer);
    else if (asked) shelve(document.getElementById(asked.card), asked.stage);
  };

  /* ── Inline edit: Enter saves, Esc cancels, focus returns, undo in the toast ──────────────────────────────────── */
  /* data-url, data-field, and data-value (what is stored), data-type (text, number, date, email, tel, url), data-options
   * (id of a <template> holding <option>s), data-version here or on an element around. Sent: field, value, version.
   * Answer: elements with ids (see place), or nothing: then #main is drawn anew. X-Version: the record's new version. */

  const edit = (button) => {
    const { url, field = "value", value = button.textContent.trim(), type = "text", options: choices } = button.dataset;
    const holder = button.closest("[data-version]");
    const input = document.createElement(choices ? "select" : "input");
    if (choices) input.append(document.getElementById(choices).content.cloneNode(true));
    else { input.type = type; input.dir = type === "text" ? "auto" : "ltr"; }
    input.className = "input";
    input.value = value;
    input.setAttribute("aria-label", button.getAttribute("aria-label") ?? value);
    button.hidden = true;
    button.after(input);
    input.focus();
    input.select?.();
    let state = "open";
    const close = () => { state = "closed"; input.remove(); button.hidden = false; };
    const save = async (version = holder?.dataset.version) => {
      if (state !== "open") return;
      if (input.value.trim() === value) { close(); return; }
      state = "sending";
      const data = new FormData();
      data.set("field", field);
      data.set("value", input.value.trim());
      if (version) data.set("version", version);
      const answer = await send(url, { data });
      if (!answer?.ok) {
        state = "open";
        input.setAttribute("aria-invalid", "true");
        if (answer) complain(answer, (current) => save(current));
        return;
      }
      settle();
      if (holder && answer.headers.get("X-Version")) holder.dataset.version = answer.headers.get("X-Version");
      close();
      button.focus();
      if (!answer.headers.get("HX-Trigger")) toast({ text: words("saved") });
      if (!placed(answer)) changed("dawra:saved", answer);
    };
    input.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && !e.isComposing) { e.preventDefault(); save(); }
      if (e.key === "Escape") { e.stopPropagation(); close(); button.focus(); }
    });
    input.addEventListener("blur", () => setTimeout(() => { if (state === "open" && !input.hasAttribute("aria-invalid") && document.activeElement !== input) save(); }, 0));
    if (choices) input.addEventListener("change", () => save());
  };

  /* ── Board: drag, or the Move menu on every card (WCAG 2.2, 2.5.7), or S on a focused card ────────────────────── */

  /* A move whose dialog is open: the card changes lanes once it is answered. */
  let asked = null;
  const shelve = (card, stage) => {
    const lane = laneOf(stage);
    if (!card?.matches("[data-move-url]") || !lane || lane.contains(card)) return;
    const shelf = $("[data-cards]", lane) ?? lane;
    if (shelf === lane) $("header", lane).after(card); else shelf.prepend(card);
    $(".name", card)?.focus({ preventScroll: true });
  };
  const laneOf = (stage) => $$("[data-board] [data-stage]").find((lane) => lane.dataset.stage === stage);
  const move = async (card, stage, version = card.dataset.version) => {
    const lane = laneOf(stage);
    if (!card || !lane || lane.contains(card)) return;
    const from = card.parentElement, next = card.nextElementSibling;
    $$("details[open]", card).forEach((menu) => { menu.open = false; });
    shelve(card, stage);
    card.setAttribute("aria-busy", "true");
    const data = new FormData();
    data.set("stage", stage);
    if (version) data.set("version", version);
    const answer = await send(card.dataset.moveUrl, { data });
    card.removeAttribute("aria-busy");
    if (answer?.ok) {
      settle();
      if (answer.headers.get("HX-Redirect")) return;
      if (!placed(answer)) changed("dawra:saved", answer);
      else $(".name", document.getElementById(card.id) ?? card)?.focus({ preventScroll: true });
      return;
    }
    from.insertBefore(card, next);
    $(".name", card)?.focus({ preventScroll: true });
    if (!answer) return;
    if (answer.status === 422 && !answer.headers.get("HX-Retarget") && /<form/i.test(answer.body) && sheet()) { sheet().dataset.url = card.dataset.moveUrl; fill(answer.body); asked = { card: card.id, stage }; } else complain(answer, (current) => move(card, stage, current));
  };
  let dragged = null;
  const lit = () => $$(".lane.over").forEach((lane) => lane.classList.remove("over"));
  document.addEventListener("dragstart", (e) => {
    dragged = e.target.closest?.("[data-board] [data-move-url]");
    if (!dragged) return;
    dragged.classList.add("dragging");
    e.dataTransfer.effectAllowed = "move";
    e.dataTransfer.setData("text/plain", dragged.id);
  });
  document.addEventListener("dragover", (e) => {
    const lane = dragged && e.target.closest?.("[data-board] [data-stage]");
    lit();
    if (lane) { e.preventDefault(); if (!lane.contains(dragged)) lane.classList.add("over"); }
  });
  document.addEventListener("drop", (e) => {
    const lane = dragged && e.target.closest?.("[data-board] [data-stage]");
    if (lane) { e.preventDefault(); move(dragged, lane.dataset.stage); }
  });
  document.addEventListener("dragend", () => { dragged?.classList.remove("dragging"); dragged = null; lit(); });
  /* A menu that many cards share is kept once, in a <template>: <details data-menu="its id">. */
  const fillMenu = (details) => {
    const shared = details.dataset.menu && document.getElementById(details.dataset.menu);
    if (!shared || details.dataset.filled) return;
    details.dataset.filled = "yes";
    const menu = $(".menu", details), lane = details.closest("[data-stage]");
    menu.replaceChildren(shared.content.cloneNode(true));
    $$("button[name=stage]", menu).forEach((button) => { if (button.value === lane?.dataset.stage) button.remove(); });
  };
  document.addEventListener("toggle", (e) => { if (e.target.open && e.target.dataset?.menu) fillMenu(e.target); }, true);
  const openMoveMenu = (card) => {
    const menu = $("details[data-move-menu],details.dd", card);
    if (!menu) return;
    fillMenu(menu);
    menu.open = true;
    $(".menu :is(button,a)", menu)?.focus();
  };
  const walkBoard = (card, key) => {
    const lane = card.closest("[data-stage]"), lanes = $$("[data-board] [data-stage]"), cards = $$("[data-move-url]", lane);
    const forward = root.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    let to = null;
    if (key === "ArrowDown" || key === "ArrowUp") to = cards[cards.indexOf(card) + (key === "ArrowDown" ? 1 : -1)];
    else {
      const step = key === forward ? 1 : -1;
      for (let at = lanes.indexOf(lane) + step; lanes[at] && !to; at += step) to = $("[data-move-url]", lanes[at]);
    }
    $(".name", to ?? card)?.focus();
  };

  /* ── Rows selected together ───────────────────────────────────────────────────────────────────────────────────── */

  let lastPicked = null;
  const selected = () => {
    const boxes = $$("[data-row]"), on = boxes.filter((box) => box.checked);
    boxes.forEach((box) => box.closest("tr,li,article")?.classList.toggle("sel", box.checked));
    $$("[data-bulk]").forEach((bar) => { bar.hidden = !on.length; });
    $$("[data-count]").forEach((count) => { count.textContent = root.dataset.digits === "arab" ? String(on.length).replace(/\d/g, (d) => "٠١٢٣٤٥٦٧٨٩"[d]) : on.length; });
    const all = $("[data-all]");
    if (all) { all.checked = Boolean(boxes.length) && on.length === boxes.length; all.indeterminate = on.length > 0 && on.length < boxes.length; }
  };
  const rows = () => $$("[data-grid] tbody tr");
  const cursor = () => rows().findIndex((row) => row.classList.contains("cursor"));
  const goToRow = (at) => {
    const list = rows(), row = list[Math.max(0, Math.min(list.length - 1, at))];
    list.forEach((other) => other.classList.toggle("cursor", other === row));
    $("a,button,input", $("th", row) ?? row)?.focus();
    row?.scrollIntoView({ block: "nearest" });
  };

  /* ── Clicks, changes, submits ─────────────────────────────────────────────────────────────────────────────────── */

  const toggleSide = (force) => {
    const open = $(".side")?.classList.toggle("open", force);
    $$("[data-side]").forEach((button) => button.setAttribute("aria-expanded", String(Boolean(open))));
    if (open) $(".side a")?.focus();
  };
  /* A press that began inside a dialog, to mark words, must not close it when it ends outside. */
  let pressed = null;
  document.addEventListener("pointerdown", (e) => { pressed = e.target; }, true);
  document.addEventListener("click", (e) => {
    const el = e.target.closest("[data-open],[data-dialog],[data-theme-toggle],[data-theme-set],[data-density],[data-side],[data-edit],[data-clear],[data-dismiss],[data-theirs],[data-close],[data-copy],[data-board] button[name=stage]");
    $$("details.dd[open]").forEach((menu) => { if (!menu.contains(e.target)) menu.open = false; });
    if (e.target.tagName === "DIALOG" && pressed === e.target && !(e.target.id === "sheet" && typed(e.target).length)) e.target.close();
    if (!el) { if (!e.target.closest(".side")) toggleSide(false); return; }
    const d = el.dataset;
    if (d.dialog !== undefined && (e.ctrlKey || e.metaKey || e.shiftKey)) return;
    if (d.open === "palette") { e.preventDefault(); openPalette("create" in d); }
    else if (d.open) { e.preventDefault(); document.getElementById(d.open)?.showModal(); }
    else if (d.dialog) { e.preventDefault(); $("#palette")?.close(); el.closest("details.dd")?.removeAttribute("open"); openSheet(d.dialog); }
    else if ("themeToggle" in d) setTheme(isDark() ? "light" : "dark");
    else if (d.themeSet) setTheme(d.themeSet);
    else if ("density" in d) setDensity();
    else if ("side" in d) toggleSide();
    else if ("edit" in d) { e.preventDefault(); edit(el); }
    else if ("clear" in d) { $$("[data-row]").forEach((box) => { box.checked = false; }); selected(); }
    else if ("dismiss" in d) el.closest("#answers,.answers-in") ? settle() : el.parentElement.remove();
    else if ("theirs" in d && el.closest("#answers,.answers-in")) { e.preventDefault(); settle(); sheet()?.close(); sheet()?.replaceChildren(); location.reload(); }
    else if ("close" in d && el.closest("dialog")) { e.preventDefault(); el.closest("dialog").close(); }
    else if (d.copy) navigator.clipboard?.writeText(d.copy).then(() => toast({ text: d.copied || words("copied") }));
    else if (el.name === "stage" && el.closest("[data-move-url]")) { e.preventDefault(); move(el.closest("[data-move-url]"), el.value); }
  });
  document.addEventListener("click", (e) => {
    const box = e.target.closest("[data-row]");
    if (!box) return;
    const boxes = $$("[data-row]"), at = boxes.indexOf(box), from = boxes.indexOf(lastPicked);
    if (e.shiftKey && from >= 0) boxes.slice(Math.min(at, from), Math.max(at, from) + 1).forEach((other) => { other.checked = box.checked; });
    lastPicked = box;
    selected();
  });
  document.addEventListener("change", (e) => {
    if (e.target.matches("[data-all]")) { $$("[data-row]").forEach((box) => { box.checked = e.target.checked; }); selected(); }
    if (e.target.matches("[data-row]")) selected();
    if (e.target.matches("[data-autosubmit]")) e.target.form?.requestSubmit();
  });
  document.addEventListener("submit", (e) => {
    const form = e.target;
    if (form.dataset.confirm && !confirm(form.dataset.confirm)) { e.preventDefault(); e.stopPropagation(); return; }
    if (form.matches("[data-undo-form]")) { e.preventDefault(); takeBack(form.getAttribute("action").split("/")[2], form.closest(".toast")); }
    else if (form.dataset.mine !== undefined && form.closest("#answers,.answers-in") && sendMine) {
      e.preventDefault();
      const again = sendMine;
      settle();
      again(form.dataset.mine);
    } else if (form.closest("#sheet") && form.method === "post" && !form.matches("[hx-post],[hx-put],[hx-patch]")) { e.preventDefault(); sendSheet(form, e.submitter); }
  }, true);

  /* ── Keys: by physical place, so that they work on an Arabic layout; never while typing; can be turned off ─────── */

  let chord = "", chordTimer = 0;
  const startChord = (letter) => { chord = letter; clearTimeout(chordTimer); chordTimer = setTimeout(() => { chord = ""; }, 1500); };
  const single = (code, e) => {
    const card = document.activeElement?.closest?.("[data-board] [data-move-url]");
    if (code === "KeyZ" && lastUndo) lastUndo();
    else if (code === "Slash" && !e.shiftKey) {
      const filter = $("[data-filter]") ?? $("main input[type=search]");
      if (filter) { e.preventDefault(); filter.focus(); if (filter.matches("a,button")) filter.click(); }
    }
    else if (card && code === "KeyS") { e.preventDefault(); openMoveMenu(card); }
    else if (code === "KeyS" && $("[data-stage-menu]")) { e.preventDefault(); $("[data-stage-menu]").open = true; $("[data-stage-menu] .menu :is(button,a)")?.focus(); }
    else if (rows().length && (code === "KeyJ" || code === "KeyK")) { e.preventDefault(); goToRow(cursor() + (code === "KeyJ" ? 1 : -1)); }
    else if (card && (code === "KeyJ" || code === "KeyK")) { e.preventDefault(); walkBoard(card, code === "KeyJ" ? "ArrowDown" : "ArrowUp"); }
    else if (code === "KeyX" && cursor() >= 0) { const box = $("[data-row]", rows()[cursor()]); if (box) { box.checked = !box.checked; selected(); } }
    else if (code === "KeyE") {
      const target = $("[data-edit]", rows()[cursor()] ?? $("main"));
      if (target) { e.preventDefault(); edit(target); }
    }
  };
  document.addEventListener("keydown", (e) => {
    if ((e.ctrlKey || e.metaKey) && !e.shiftKey && !e.altKey && e.code === "KeyK") { e.preventDefault(); openPalette(); return; }
    const menu = e.target.closest?.("details.dd[open]");
    if (e.key === "Escape") {
      $$("details.dd[open]").forEach((open) => { open.open = false; $("summary", open).focus(); });
      if ($(".side.open")) toggleSide(false);
      else if ($("#answers")?.childElementCount && !$("dialog[open]")) settle();
      return;
    }
    if (menu && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      const items = $$(".menu :is(a,button)", menu), at = items.indexOf(document.activeElement);
      if (items.length) { e.preventDefault(); items[(at + (e.key === "ArrowDown" ? 1 : -1) + items.length) % items.length].focus(); }
      return;
    }
    const card = e.target.closest?.("[data-board] [data-move-url]");
    if (card && !menu && e.key.startsWith("Arrow")) { e.preventDefault(); walkBoard(card, e.key); return; }
    if (root.dataset.shortcuts === "off" || e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.repeat && chord) return;
    if (e.target.matches?.("input:not([type=checkbox],[type=radio]),textarea,select,[contenteditable]") || $("dialog[open]")) return;
    const letter = e.code.startsWith("Key") ? e.code.slice(3) : "";
    if (chord && letter) {
      const address = chord === "G" ? $(`[data-goes="${letter}"]`) : $(`[data-adds="${letter}"]`);
      chord = "";
      if (address) { e.preventDefault(); address.dataset.dialog ? openSheet(address.dataset.dialog) : location.assign(address.href); }
      return;
    }
    if (e.key === "?" || e.key === "؟") { $("#keys")?.showModal(); return; }
    if (letter === "G" || letter === "N") { startChord(letter); return; }
    single(e.code, e);
  });

  /* ── htmx ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

  document.addEventListener("htmx:configRequest", (e) => { if (e.detail.verb !== "get") e.detail.headers["X-CSRFToken"] = csrf(); });
  document.addEventListener("htmx:beforeSwap", (e) => {
    const { xhr, elt } = e.detail;
    const fresh = xhr.getResponseHeader("X-Fresh-Token");
    if (fresh) renewToken(fresh);
    if (xhr.status < 400 || (xhr.status === 422 && !isPage(xhr.responseText))) { if (xhr.status < 400) settle(); return; }
    if (!xhr.getResponseHeader("HX-Retarget")) { e.detail.shouldSwap = false; complain({ body: xhr.responseText }); return; }
    e.detail.target = answers();
    const form = elt.closest?.("form");
    sendMine = form && ((version) => { const field = form.elements.namedItem("version"); if (field) field.value = version; form.requestSubmit(); });
  });
  /* A part that draws itself anew keeps what is half written in it; a form whose answer draws nothing is emptied. */
  let putBack = null;
  document.addEventListener("htmx:beforeSwap", (e) => {
    const { requestConfig, target, shouldSwap, xhr } = e.detail;
    putBack = null;
    if (!shouldSwap || requestConfig?.verb !== "get" || xhr.status >= 400 || !target.isConnected) return;
    putBack = keepTyped(target);
    if (!putBack) e.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSwap", () => { putBack?.(); putBack = null; });
  document.addEventListener("htmx:afterRequest", (e) => {
    const { elt, successful } = e.detail;
    if (successful && elt.matches?.("form[hx-swap=none]")) elt.reset();
  });
  document.addEventListener("htmx:sendError", () => toast({ text: words("offline"), bad: true }));
  document.addEventListener("htmx:timeout", () => toast({ text: words("offline"), bad: true }));
  document.addEventListener("htmx:afterSettle", selected);

  /* Whoever signed in beside a page that holds a form has a new token: it is fetched before the form is sent. */
  $("form[data-held]")?.addEventListener("submit", async (e) => {
    e.preventDefault();
    const form = e.target;
    $("[type=submit]", form).classList.add("busy");
    try {
      const html = await (await fetch("/accounts/login/", { credentials: "same-origin" })).text();
      const fresh = isPage(html) && $("meta[name=csrf]", new DOMParser().parseFromString(html, "text/html"))?.content;
      if (fresh) renewToken(fresh);
    } catch { /* the page that answers will say so */ }
    form.submit();
  });

  /* A passkey that is not there, is refused, or belongs to another address: said, and the password still works. */
  document.addEventListener("allauth.error", (e) => {
    const said = $("#passkey-words")?.dataset;
    if (!said) return;
    e.preventDefault();
    toast({ text: e.detail.exception?.name === "SecurityError" ? said.host : said.failed, bad: true });
  });

  /* ── Scroll places, kept per address for this window ──────────────────────────────────────────────────────────── */

  const placeKey = `dawra.scroll.${location.pathname}${location.search}`;
  addEventListener("pagehide", () => {
    const kept = Object.fromEntries($$("[data-keep-scroll]").map((e) => [e.id, [e.scrollLeft, e.scrollTop]]));
    remember(placeKey, JSON.stringify({ y: scrollY, kept }));
  });
  const places = JSON.parse(recall(placeKey) ?? "null");
  if (places) {
    for (const [id, [x, y]] of Object.entries(places.kept)) { const e = document.getElementById(id); if (e) { e.scrollLeft = x; e.scrollTop = y; } }
    const how = performance.getEntriesByType("navigation")[0]?.type;
    if (how !== "navigate" && !location.hash) scrollTo(0, places.y);
  }
  for (const now of $$(".stepper [aria-current=step], .tabs [aria-current]")) now.parentElement.scrollLeft += now.getBoundingClientRect().left + now.offsetWidth / 2 - innerWidth / 2;
  selected();
})();
