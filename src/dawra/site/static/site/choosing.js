/* Choosing while typing: a record for a form, a colleague after @. Without scripts the words are sent and the server asks back.
 *
 *   <div data-picker="/address/?kind=company"> hidden input [data-picked], input [role=combobox], [role=listbox]
 *   <textarea data-mentions="/address/">       a list of colleagues appears below while "@let…" is being typed
 * The addresses answer with [role=option] elements: data-pick and data-text for records, data-name for colleagues.
 */
(() => {
  "use strict";
  const $ = (selector, within) => within.querySelector(selector);
  const options = (list) => [...list.querySelectorAll("[role=option]")];
  const states = new WeakMap();
  const stateOf = (input) => { if (!states.has(input)) states.set(input, { timer: 0, asking: null }); return states.get(input); };

  const listOf = (input) => {
    const picker = input.closest("[data-picker]");
    if (picker) return $("[role=listbox]", picker);
    let list = document.getElementById(`${input.id}-names`);
    if (!list) {
      list = document.createElement("div");
      list.id = `${input.id}-names`;
      list.className = "picks";
      list.setAttribute("role", "listbox");
      list.setAttribute("aria-label", "@");
      list.hidden = true;
      input.after(list);
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-controls", list.id);
    }
    return list;
  };
  const close = (input) => {
    const state = stateOf(input), list = listOf(input);
    clearTimeout(state.timer);
    state.asking?.abort();
    list.hidden = true;
    list.replaceChildren();
    if (input.getAttribute("role") === "combobox") input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (input, option) => {
    options(listOf(input)).forEach((other) => other.setAttribute("aria-selected", String(other === option)));
    if (!option) { input.removeAttribute("aria-activedescendant"); return; }
    option.id ||= `${input.id}-${Math.random().toString(36).slice(2)}`;
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const ask = (input, address) => {
    const state = stateOf(input);
    clearTimeout(state.timer);
    state.asking?.abort();
    state.timer = setTimeout(async () => {
      state.asking = new AbortController();
      let answer;
      try { answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin", signal: state.asking.signal }); } catch { return; }
      if (!answer.ok || document.activeElement !== input) return;
      const list = listOf(input);
      list.innerHTML = await answer.text();
      list.hidden = !list.childElementCount;
      if (input.getAttribute("role") === "combobox") input.setAttribute("aria-expanded", String(!list.hidden));
      choose(input, options(list)[0]);
    }, 120);
  };

  /* What is being typed after the last @ before the caret, at most two words of a name. */
  const mention = (input) => {
    const found = /(^|\s)@([^\s@]{1,30}(?: [^\s@]{0,30})?)$/u.exec(input.value.slice(0, input.selectionStart));
    return found && { words: found[2], from: input.selectionStart - found[2].length };
  };
  const take = (input, option) => {
    const picker = input.closest("[data-picker]");
    if (picker) {
      $("[data-picked]", picker).value = option.dataset.pick;
      input.value = option.dataset.text;
    } else {
      const at = mention(input);
      if (at) input.setRangeText(`${option.dataset.name} `, at.from, input.selectionStart, "end");
    }
    close(input);
    input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("input", (e) => {
    const input = e.target, picker = input.closest?.("[data-picker]");
    if (picker && input.getAttribute("role") === "combobox") {
      $("[data-picked]", picker).value = "";
      if (input.value.trim()) ask(input, `${picker.dataset.picker}&q=${encodeURIComponent(input.value)}`);
      else close(input);
    } else if (input.dataset?.mentions) {
      const at = mention(input);
      if (at) ask(input, `${input.dataset.mentions}?q=${encodeURIComponent(at.words)}`);
      else close(input);
    }
  });
  document.addEventListener("keydown", (e) => {
    const input = e.target;
    if (!input.dataset?.mentions && !(input.getAttribute?.("role") === "combobox" && input.closest("[data-picker]"))) return;
    const list = listOf(input);
    if (list.hidden || e.isComposing) return;
    const all = options(list), at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step && all.length) { e.preventDefault(); choose(input, all[(at + step + all.length) % all.length]); }
    else if ((e.key === "Enter" || e.key === "Tab") && all[at]) { e.preventDefault(); take(input, all[at]); }
    else if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); close(input); }
  }, true);
  /* Before the field loses its focus, which would take the list away. */
  document.addEventListener("pointerdown", (e) => {
    const option = e.target.closest?.(".picks [role=option]");
    if (!option) return;
    e.preventDefault();
    const list = option.closest("[role=listbox]");
    const input = $(`[aria-controls="${CSS.escape(list.id)}"]`, document);
    if (input) take(input, option);
  });
  document.addEventListener("focusout", (e) => {
    if (e.target.dataset?.mentions || e.target.closest?.("[data-picker] [role=combobox]")) setTimeout(() => { if (document.activeElement !== e.target) close(e.target); }, 0);
  });
})();
