"""What a careful person would see on a page: broken access, faint text, sideways scroll, blocked styles."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}

# axe-core leaves out text that is Arabic only in its colour rule, so every text node is measured here as well.
FAINT_TEXT = """() => {
  const canvas = document.createElement('canvas'); canvas.width = canvas.height = 1;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  const parse = (colour) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data; return [r, g, b, a / 255]; };
  const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3]));
  const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const ground = (el) => { const layers = []; for (let e = el; e; e = e.parentElement) { const s = getComputedStyle(e);
      if (s.backgroundImage !== 'none' && !s.backgroundImage.includes('gradient(45deg')) return null;
      const c = parse(s.backgroundColor); if (c[3] > 0) { layers.push(c); if (c[3] === 1) break; } }
    let base = parse(getComputedStyle(document.documentElement).backgroundColor); base = base[3] ? base.slice(0, 3) : [255, 255, 255];
    return layers.reverse().reduce((under, top) => over(top, under), base); };
  const faint = []; const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); let measured = 0;
  while (walker.nextNode()) { const node = walker.currentNode, el = node.parentElement;
    if (!node.nodeValue.trim() || !el || el.closest('script,style,[hidden],.vh,.skip,option,[disabled],[aria-disabled=true]')) continue;
    const range = document.createRange(); range.selectNode(node); const box = range.getBoundingClientRect();
    const style = getComputedStyle(el);
    if (!box.width || !box.height || style.visibility === 'hidden' || +style.opacity < 1) continue;
    const back = ground(el); if (!back) continue; measured += 1;
    const a = light(over(parse(style.color), back)), b = light(back), ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700);
    if (ratio < (large ? 3 : 4.5)) faint.push(`${ratio.toFixed(2)} “${node.nodeValue.trim().slice(0, 40)}” ${el.className}`); }
  return {measured, faint}; }"""


# Colours are all that a theme changes.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
WIDTHS = (1440, 1100, 860, 390, 320)
STICKS_OUT = """() => { const wide = document.documentElement.clientWidth, boxes = [...document.querySelectorAll('body *')];
  const clipped = (el) => { for (let e = el.parentElement; e && e !== document.body; e = e.parentElement)
    if (getComputedStyle(e).overflowX !== 'visible' || getComputedStyle(e).position === 'fixed') return true; return false; };
  return boxes.filter((el) => { const b = el.getBoundingClientRect(); return b.width && (b.right > wide + 1 || b.left < -1) && !clipped(el); })
    .filter((el) => getComputedStyle(el).position !== 'fixed' && !el.matches('.skip,.vh')).filter((el) => !el.closest("details:not([open])")).slice(-6).map((el) => el.outerHTML.slice(0, 120)).join('\\n'); }"""
# Words every reader keeps as they are: the product, formats, keys, languages, codes.
LEFTOVERS = """() => { const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const kept = new Set(['Dawra', 'Ctrl', 'Enter', 'Esc', 'CSV', 'JSON', 'API', 'English', 'PDF', 'ZIP', 'Markdown', 'NPS', 'Excel', 'UTF', 'HTML', 'OpenAPI', 'gz', 'Windows']);
  while (walker.nextNode()) { const node = walker.currentNode, el = node.parentElement;
    if (!el || el.closest('script,style,template,bdi,code,kbd,.kbd,pre,input,textarea,.avatar,[lang=en],[data-words]')) continue;
    if (el.closest('[dir]') !== document.documentElement) continue;
    if (el.matches('option') && node.nodeValue.includes('/')) continue;
    const words = (node.nodeValue.replace(/«[^»]*»|\\u2068[^\\u2069]*\\u2069/g, '').match(/[A-Za-z]{2,}/g) || []).filter((word) => !kept.has(word) && word !== word.toUpperCase());
    if (words.length) found.push(node.nodeValue.trim().slice(0, 80) + ' <' + el.tagName.toLowerCase() + '.' + el.className + '>'); }
  for (const el of document.querySelectorAll('[aria-label],[placeholder],[title],[alt]')) for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
    const said = el.getAttribute(name) || ''; if (/[A-Za-z]{3,}/.test(said) && !/[\\u0600-\\u06ff]/.test(said) && !el.closest('[lang=en]') && !el.matches('[dir=ltr]') && ![...said.matchAll(/[A-Za-z]{2,}/g)].every((m) => kept.has(m[0]))) found.push(`${name}: ${said.slice(0, 60)}`); }
  return [...new Set(found)].slice(0, 12); }"""


@dataclass(frozen=True, slots=True)
class Seen:
    violations: list[str]
    faint: list[str]
    measured: int
    sideways: int


def look_at(page: Page, rules: dict[str, Any] = RULES) -> Seen:
    """Everything wrong with the page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: dict[str, Any] = page.evaluate(
        "(rules) => axe.run(document, {...rules, resultTypes: ['violations']})", rules
    )
    violations = [
        f"{violation['id']}: {node['target']} {node['html'][:160]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    contrast: dict[str, Any] = page.evaluate(FAINT_TEXT)
    return Seen(violations, contrast["faint"], contrast["measured"], sideways_of(page))


def wrong_with(page: Page) -> list[str]:
    """Everything wrong with the page in light, in dark and at every width, in words; the page is loaded once."""
    wrong: list[str] = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        seen = look_at(page, RULES if theme == "light" else COLOURS)
        wrong += [f"{theme}: {what}" for what in seen.violations] + [f"{theme}: faint {what}" for what in seen.faint]
        if not seen.measured:
            wrong.append("no text was measured")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if by := sideways_of(page):
            wrong.append(f"scrolls sideways at {width} px by {by}: {page.evaluate(STICKS_OUT)}")
    return wrong + [f"untranslated: {words}" for words in leftovers(page)]


def leftovers(page: Page) -> list[str]:
    """Latin words an Arabic page says itself: not data (in bdi, or with a direction of its own), code, keys or names."""
    return list(page.evaluate(LEFTOVERS)) if page.locator("html").get_attribute("lang") == "ar" else []


def sideways_of(page: Page) -> int:
    """By how many pixels the page scrolls sideways; 0 is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
